import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { ChangesView } from "../view/changes-view.ts";
import type { DeploymentView } from "../view/deployment-view.ts";
import { riskVerdict, type VerdictBasis } from "../view/risk-verdict.ts";
import type { WaitView } from "../view/wait-view.ts";

const waitTones = {
  waiting: "waiting",
  stuck: "warning",
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
  readonly basis: VerdictBasis;
  /** What the API server's own code did not judge. */
  readonly gap: string | undefined;
  readonly wait: WaitView | undefined;
  readonly deployment: DeploymentView | undefined;
  /** Where it comes from, if not from a branch beside its target. */
  readonly fork: string | undefined;
}) {
  const { title, isPart, changes, basis, gap, wait, deployment, fork } = props;
  const verdict = changes && riskVerdict(changes, basis, gap);
  return (
    <div className="fg-heading">
      {isPart ? <h2 className="fg-title">{title}</h2> : <h1>{title}</h1>}
      {changes !== undefined && (
        <p className="fg-verdict">
          <span>{changes.summary}.</span>{" "}
          {verdict !== undefined && <Mark tone={verdict.tone}>{verdict.text}</Mark>}
        </p>
      )}
      {changes !== undefined && changes.effects.length > 0 && (
        <p className="fg-secondary">{changes.effects.join(". ")}.</p>
      )}
      {fork !== undefined && <Mark tone="plain">{fork}</Mark>}
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
