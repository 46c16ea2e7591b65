import { pullRequestUrl, runUrl, type RunAddress } from "../../core/azure-devops/urls.ts";
import { TerminalError } from "../../core/errors.ts";
import { attemptName, pullRequestOf } from "../../core/run/attempts.ts";
import type { Work } from "./deps.ts";
import { type Siblings, askWhetherItStands } from "./siblings.ts";
import type { OnTarget } from "./on-target.ts";

/**
 * @throws TerminalError `superseded` when a newer run of this delivery and environment has opened
 *   its pull request, found nothing to change, or is merged already.
 */
export async function refuseSuperseded(
  work: Work,
  seen: { readonly siblings: Siblings; readonly onTarget?: OnTarget | undefined },
): Promise<void> {
  const newestFirst = seen.siblings.others.toReversed().filter(({ newer }) => newer);
  for (const { attempt } of newestFirst) {
    if (!(await askWhetherItStands(work, attempt))) continue;
    const open = pullRequestOf(attempt, `refs/heads/${work.inputs.targetBranch}`);
    const what =
      open === undefined ? attemptName(attempt) : pullRequestUrl(work.address, open.pullRequestId);
    throw superseded(work, { ...work.inputs.run, build: attempt.branch.build }, what);
  }
  const { onTarget } = seen;
  if (onTarget?.newer !== true) return;
  throw superseded(work, onTarget.run, `merged to ${work.inputs.targetBranch}`);
}

function superseded({ render }: Work, by: RunAddress, what: string): TerminalError {
  const subject = `${render.delivery} to ${render.environment.name}`;
  return new TerminalError(
    `Failed to deploy ${subject}: superseded by run ${runUrl(by)} (${what})`,
    {
      code: "superseded",
      hint: "The newer run carries on. To go back to this version, start a new run of it.",
    },
  );
}
