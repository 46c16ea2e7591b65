import * as React from "react";
import { commitAddress } from "../addresses.ts";

/** The first eight digits of a commit, leading to its page. */
export function Sha(props: {
  readonly base: string;
  readonly repository: string;
  readonly commit: string;
}) {
  return (
    <a className="monospaced-text" href={commitAddress(props.base, props.repository, props.commit)}>
      {props.commit.slice(0, 8)}
    </a>
  );
}
