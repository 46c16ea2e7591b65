import { getBuild } from "../../clients/azure-devops/builds.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import { comment, updatePullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { noObject, updateRef } from "../../clients/azure-devops/refs.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { causeText } from "../../core/errors.ts";
import type { Work } from "./deps.ts";
import type { Run } from "./runs.ts";

/**
 * Abandons the open pull requests of older runs with a link to what replaces them and deletes their
 * branches. What cannot be retired is told and left: this run's own pull request stands.
 */
export async function retire(
  work: Work,
  { runs, successor }: { readonly runs: readonly Run[]; readonly successor: string },
): Promise<void> {
  for (const run of runs) {
    const name = runBranchName(run.branch);
    try {
      await retireOne(work, run, successor);
    } catch (error) {
      work.log.warn(`Could not retire ${name}: ${causeText(error)}`);
    }
  }
}

async function retireOne(work: Work, run: Run, successor: string): Promise<void> {
  const { ado, repo, log } = work;
  const open = run.pullRequests.filter(({ status }) => status === "active");
  for (const { pullRequestId: id } of open) {
    await comment(ado, { repo, id, text: `Superseded by ${successor}.` });
    await updatePullRequest(ado, { repo, id, change: { status: "abandoned" } });
    log.info(
      `Abandoned pull request !${id} of run ${run.branch.build}: superseded by ${successor}`,
    );
  }
  if (run.head === undefined) return;
  if (run.pullRequests.length === 0 && (await mayStillWait(work, run))) return;
  await deleteBranch(work, { name: runBranchName(run.branch), head: run.head });
}

// A server job waits 72 hours at most.
const longestWaitMs = 72 * 3_600_000;

/** A carrier without pull request is found by its branch alone: it stays while its run may wait. */
async function mayStillWait(work: Work, { branch, head = "" }: Run): Promise<boolean> {
  const { build, project } = work.inputs.run;
  if (branch.build === build) return false;
  const older = await getBuild(work.ado, { project, build: branch.build }).catch(() => undefined);
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
