import * as React from "react";

/** The first eight digits of a commit, leading to its page. */
export function Sha(props: {
  readonly base: string;
  readonly repository: string;
  readonly commit: string;
}) {
  return (
    <a
      className="monospaced-text"
      href={`${props.base}/_git/${encodeURIComponent(props.repository)}/commit/${props.commit}`}
    >
      {props.commit.slice(0, 8)}
    </a>
  );
}
