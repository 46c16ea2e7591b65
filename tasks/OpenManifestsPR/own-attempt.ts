import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { commitMessage, fetchTips } from "../../clients/git.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Work } from "./deps.ts";
import { placeRender } from "./place-render.ts";
import type { Run } from "./runs.ts";

/** An earlier attempt of this run that already holds this render. */
export type OwnAttempt = {
  readonly run: Run;
  readonly commit: string;
  /** Absent: the attempt had nothing to change. */
  readonly pullRequest?: PullRequest;
  /** Whether that attempt got to its end; if not, what follows the opening may be missing. */
  readonly finished: boolean;
};

/** The newest attempt that a retry can take up again; `unchanged`: the target holds this render. */
export async function reusableAttempt(
  work: Work,
  { attempts, unchanged }: { readonly attempts: readonly Run[]; readonly unchanged: boolean },
): Promise<OwnAttempt | undefined> {
  for (const run of attempts.toReversed()) {
    const reusable = await reuse(work, run, unchanged);
    if (reusable !== undefined) return reusable;
  }
  return undefined;
}

async function reuse(work: Work, run: Run, unchanged: boolean): Promise<OwnAttempt | undefined> {
  if (run.pullRequests.length > 0) return withPullRequest(work, run);
  // With something to change, a branch without pull request is what a killed attempt left: its
  // parent may be long behind, a new branch is safer.
  return unchanged ? carrierAlone(work, run) : undefined;
}

/** Its pull request is open and mergeable, or merged, and was made from an equal render. */
async function withPullRequest(work: Work, run: Run): Promise<OwnAttempt | undefined> {
  const target = `refs/heads/${work.inputs.targetBranch}`;
  const pullRequest = run.pullRequests.find(
    ({ status, mergeStatus, targetRefName }) =>
      targetRefName === target &&
      (status === "completed" || (status === "active" && mergeStatus !== "conflicts")),
  );
  if (pullRequest === undefined) return undefined;
  const of = { repo: work.repo, id: pullRequest.pullRequestId };
  const record = parseRunRecord((await getProperties(work.ado, of))[runRecordProperty]);
  const merged = pullRequest.lastMergeSourceCommit?.commitId;
  // An open pull request follows its branch with a delay.
  const head = pullRequest.status === "completed" ? merged : (run.head ?? merged);
  if (record !== undefined) {
    // Another head: somebody pushed to the branch, what they saw is not this render alone.
    const same = record.contentDigest === work.render.contentDigest && record.commit === head;
    return same ? { run, commit: head, pullRequest, finished: true } : undefined;
  }
  const commit = await ownHead(work, run);
  return commit === undefined ? undefined : { run, commit, pullRequest, finished: false };
}

async function carrierAlone(work: Work, run: Run): Promise<OwnAttempt | undefined> {
  const commit = await ownHead(work, run);
  return commit === undefined ? undefined : { run, commit, finished: true };
}

/** The branch's head if it is a commit of this task and holds this render. */
async function ownHead(work: Work, run: Run): Promise<string | undefined> {
  if (run.head === undefined) return undefined;
  const [commit = ""] = await fetchTips(work.git, [runBranchName(run.branch)]);
  if (parseTrailers(await commitMessage(work.git, commit)) === undefined) return undefined;
  const { render, inputs } = work;
  const placed = await placeRender(work.git, { commit, render, allowEmpty: inputs.allowEmpty });
  return placed.unchanged ? commit : undefined;
}
