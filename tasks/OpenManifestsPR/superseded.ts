import { pullRequestUrl, runUrl, type RunAddress } from "../../core/azure-devops/urls.ts";
import { TerminalError } from "../../core/errors.ts";
import { attemptName, pullRequestOf } from "../../core/run/attempts.ts";
import type { Relation } from "../../core/run/order.ts";
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
  for (const { attempt, relation } of newestFirst) {
    if (!(await askWhetherItStands(work, attempt))) continue;
    const open = pullRequestOf(attempt, `refs/heads/${work.inputs.targetBranch}`);
    const what =
      open === undefined ? attemptName(attempt) : pullRequestUrl(work.address, open.pullRequestId);
    const run = { ...work.inputs.run, build: attempt.branch.build };
    throw superseded(work, run, { what, relation });
  }
  const { onTarget } = seen;
  if (onTarget?.newer !== true) return;
  const what = `merged to ${work.inputs.targetBranch}`;
  throw superseded(work, onTarget.run, { what, relation: onTarget.relation });
}

type By = { readonly what: string; readonly relation: Relation };

function superseded({ render }: Work, by: RunAddress, { what, relation }: By): TerminalError {
  const subject = `${render.delivery} to ${render.environment.name}`;
  return new TerminalError(
    `Failed to deploy ${subject}: superseded by run ${runUrl(by)} (${what})`,
    {
      code: "superseded",
      hint: `This run must not undo it. ${relation === "contains" ? rollBack : runAgain}`,
    },
  );
}

const rollBack =
  "To go back to this version, roll back (RollbackManifests): its code is older, so that a new run of it would end like this one.";
const runAgain = "To go back to this version, start a new run of it.";
