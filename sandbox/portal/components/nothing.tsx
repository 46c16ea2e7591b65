import * as React from "react";

/** What stands where there is nothing: why, and what to do about it. */
export function Nothing(props: {
  readonly title: string;
  readonly children?: React.ReactNode;
  readonly action?: React.ReactNode;
}) {
  return (
    <div className="portal-nothing">
      <h2>{props.title}</h2>
      {props.children !== undefined && <p>{props.children}</p>}
      {props.action}
    </div>
  );
}
