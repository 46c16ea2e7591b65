import { getCommit } from "../../clients/azure-devops/commits.ts";
import { postComment } from "../../clients/azure-devops/pull-request-threads.ts";
import { getPullRequest, updatePullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { noObject, updateRef } from "../../clients/azure-devops/refs.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { FluxgateError, userMessage } from "../../core/errors.ts";
import { type Attempt, attemptName } from "../../core/run/attempts.ts";
import type { Work } from "./deps.ts";
import { explainRefusals } from "./refusal.ts";
import type { Step } from "./steps.ts";
import { readRun } from "./read-run.ts";

type Retiring = { readonly attempts: readonly Attempt[]; readonly successor: string };

/** Abandons the open pull requests of older attempts, with a link to what replaces them. */
export function retiringSteps(work: Work, { attempts, successor }: Retiring): readonly Step[] {
  return attempts.flatMap((attempt) => {
    const open = attempt.pullRequests.filter(({ status }) => status === "active");
    return [
      ...open.map(({ pullRequestId: id }) => ({
        what: `abandon !${id}, which this run replaces`,
        take: () => abandon(work, { id, attempt, successor }),
      })),
      {
        what: `delete branch ${attemptName(attempt)}, which nothing needs any more`,
        take: () => deleteLeft(work, attempt),
      },
    ];
  });
}

async function abandon(
  work: Work,
  of: { readonly id: number; readonly attempt: Attempt; readonly successor: string },
): Promise<void> {
  const { ado, repo, log } = work;
  const { id, attempt, successor } = of;
  await explainRefusals(work, `comment on !${id}`, () =>
    postComment(ado, { repo, id, text: `Superseded by ${successor}.`, once: true }),
  );
  const abandoning = explainRefusals(work, `abandon !${id}`, () =>
    updatePullRequest(ado, { repo, id, change: { status: "abandoned" } }),
  );
  await abandoning.catch(async (error: unknown) => {
    // Somebody ended it in the meantime: abandoned is what was wanted, merged is said by the wait.
    if (!(await askWhetherEnded(work, id))) throw error;
  });
  log.info(
    `Abandoned pull request !${id} of run ${attempt.branch.build}: superseded by ${successor}`,
  );
}

async function askWhetherEnded({ ado, repo }: Work, id: number): Promise<boolean> {
  const now: PullRequest | undefined = await getPullRequest(ado, { repo, id });
  return now !== undefined && now.status !== "active";
}

/** A branch that stays is clutter, not a danger: it is told, and the next run tries again. */
async function deleteLeft(work: Work, attempt: Attempt): Promise<void> {
  const { head } = attempt;
  const name = attemptName(attempt);
  if (head === undefined) return;
  try {
    if (attempt.pullRequests.length === 0 && (await askWhetherItMayWait(work, attempt))) return;
    await deleteBranch(work, { name, head });
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    work.log.warn(`Could not delete branch ${name}: ${userMessage(error)}`);
  }
}

// A server job waits 72 hours at most.
const longestWaitMs = 72 * 3_600_000;

/** A carrier without pull request is found by its branch alone: it stays while its run may wait. */
async function askWhetherItMayWait(work: Work, { branch, head = "" }: Attempt): Promise<boolean> {
  const { build, project } = work.inputs.run;
  if (branch.build === build) return false;
  const older = await readRun(work.runs, { project, build: branch.build });
  if (older !== undefined) return older.status !== "completed";
  // Deleted by retention, or of a project that this job may not see: the carrier's age decides.
  const carrier = await getCommit(work.ado, { repo: work.repo, commit: head });
  const made = Date.parse(carrier?.committer?.date ?? "");
  return !(work.now() - made > longestWaitMs);
}

/** Only while it is still where it was seen. */
export async function deleteBranch(
  { ado, repo, log }: Work,
  { name, head }: { readonly name: string; readonly head: string },
): Promise<void> {
  const update = { name: `refs/heads/${name}`, oldObjectId: head, newObjectId: noObject };
  const result = await updateRef(ado, { repo, ...update });
  if (!result.success) {
    log.warn(`Could not delete branch ${name}: ${result.customMessage ?? result.updateStatus}`);
  }
}
