import type { Tone } from "./tone.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import { verdictOf } from "./verdict.ts";

/** How far the merge has come in its environment; undefined until it is merged. */
export type DeploymentView = { readonly tone: Tone; readonly text: string };

export function deploymentView(
  facts: Pick<PullRequestFacts, "pullRequest" | "target" | "deployment" | "reportersRead">,
): DeploymentView | undefined {
  const { pullRequest, target, deployment, reportersRead } = facts;
  if (pullRequest.status !== "completed" || target === undefined) return undefined;
  const { delivery, environment } = target;
  if (deployment === undefined) {
    const text = `What became of it in ${environment} is not known: it could not be read.`;
    return { tone: "warning", text };
  }
  const verdict = verdictOf(deployment, `${delivery}/${environment}`);
  if (verdict === undefined) {
    return { tone: "waiting", text: `No word yet from the connector of ${environment}.` };
  }
  const tone = { succeeded: "good", failed: "bad", pending: "running" } as const;
  const text = verdict.text || `${environment}: ${verdict.state}`;
  if (!reportersRead) {
    return { tone: "warning", text: `${text} (unconfirmed: who reports here could not be read)` };
  }
  return { tone: tone[verdict.state], text };
}
