import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { ChangesView } from "../view/changes-view.ts";
import { count } from "../view/count.ts";
import type { DeploymentView } from "../view/deployment-view.ts";
import type { WaitView } from "../view/wait-view.ts";

const waitTones = {
  waiting: "waiting",
  ended: "warning",
  succeeded: "good",
  failed: "bad",
  none: "plain",
} as const;

/** The verdict in three lines: what changes, how risky it is, which run waits for it. */
export function Heading(props: {
  readonly title: string;
  readonly isPart: boolean;
  readonly changes: ChangesView | undefined;
  readonly wait: WaitView | undefined;
  readonly deployment: DeploymentView | undefined;
}) {
  const { title, isPart, changes, wait, deployment } = props;
  return (
    <div className="fg-heading">
      {isPart ? <h2 className="fg-title">{title}</h2> : <h1>{title}</h1>}
      {changes !== undefined && (
        <p className="fg-verdict">
          <span>{changes.summary}.</span> <Risks changes={changes} />
        </p>
      )}
      {changes !== undefined && changes.effects.length > 0 && (
        <p className="fg-secondary">{changes.effects.join(". ")}.</p>
      )}
      {wait !== undefined && (
        <Mark tone={waitTones[wait.state]}>
          {wait.link === undefined ? (
            wait.text
          ) : (
            <>
              <HostLink url={wait.link.url}>{wait.link.text}</HostLink> {wait.text}.
            </>
          )}
        </Mark>
      )}
      {deployment !== undefined && <Mark tone={deployment.tone}>{deployment.text}</Mark>}
    </div>
  );
}

function Risks({ changes }: { readonly changes: ChangesView }) {
  const { risks, worst, complete } = changes;
  if (worst === undefined) {
    return complete ? (
      <Mark tone="good">No known risk</Mark>
    ) : (
      <Mark tone="warning">Not everything was compared</Mark>
    );
  }
  const high = risks.filter(({ severity }) => severity === "high").length;
  const rated = [
    ["high", high],
    ["medium", risks.length - high],
  ] as const;
  const text = rated
    .filter(([, amount]) => amount > 0)
    .map(([severity, amount]) => count(amount, `${severity} risk`))
    .join(", ");
  const rest = complete ? "" : ", and not everything was compared";
  return <Mark tone={worst === "high" ? "bad" : "warning"}>{`${text}${rest}`}</Mark>;
}
