import { readCountingAttempt } from "../../clients/azure-devops/carrier.ts";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { readCommitMessage, fetchTips } from "../../clients/git.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { type Attempt, attemptName, pullRequestOf } from "../../core/run/attempts.ts";
import type { RunBranch } from "../../core/run/branch.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import type { Work } from "./deps.ts";
import { placeRender } from "./place-render.ts";

/** This run's attempt that holds this render. */
export type OwnAttempt = {
  readonly branch: RunBranch;
  readonly commit: string;
  /** Absent: there is nothing to change, or not yet. */
  readonly pullRequest?: PullRequest;
};

/**
 * The attempt before, where a retry can take it up again: the highest counts, an older one would
 * not be waited for. `unchanged`: the target holds this render.
 */
export async function findReusableAttempt(
  work: Work,
  { attempts, unchanged }: { readonly attempts: readonly Attempt[]; readonly unchanged: boolean },
): Promise<OwnAttempt | undefined> {
  const { ado, repo } = work;
  const attempt = await readCountingAttempt(ado, { repo, attempts });
  if (attempt === undefined) return undefined;
  if (attempt.pullRequests.length > 0) return withPullRequest(work, attempt);
  // With something to change, a branch without pull request is what a killed attempt left: its
  // parent may be long behind, a new branch is safer.
  return unchanged ? findCarrierAlone(work, attempt) : undefined;
}

/** Its pull request is open and mergeable, or merged, and was made from an equal render. */
async function withPullRequest(work: Work, attempt: Attempt): Promise<OwnAttempt | undefined> {
  const target = `refs/heads/${work.inputs.targetBranch}`;
  const pullRequest = pullRequestOf(attempt, target);
  if (pullRequest?.targetRefName !== target) return undefined;
  const { status, mergeStatus } = pullRequest;
  const usable = status === "completed" || (status === "active" && mergeStatus !== "conflicts");
  if (!usable) return undefined;
  // Without its branch an open one can never be merged.
  if (status === "active" && attempt.head === undefined) return undefined;
  const { branch } = attempt;
  const of = { repo: work.repo, id: pullRequest.pullRequestId };
  const record = parseRunRecord((await getProperties(work.ado, of))[runRecordProperty]);
  const merged = pullRequest.lastMergeSourceCommit?.commitId;
  // An open pull request follows its branch with a delay.
  const head = status === "completed" ? merged : (attempt.head ?? merged);
  if (record !== undefined) {
    // Another head: somebody pushed to the branch, what they saw is not this render alone.
    const same = record.contentDigest === work.render.contentDigest && record.commit === head;
    return same ? { branch, commit: head, pullRequest } : undefined;
  }
  const commit = await readOwnHead(work, attempt);
  return commit === undefined ? undefined : { branch, commit, pullRequest };
}

async function findCarrierAlone(work: Work, attempt: Attempt): Promise<OwnAttempt | undefined> {
  const commit = await readOwnHead(work, attempt);
  return commit === undefined ? undefined : { branch: attempt.branch, commit };
}

/** The branch's head if it is a commit of this task and holds this render. */
async function readOwnHead(work: Work, attempt: Attempt): Promise<string | undefined> {
  if (attempt.head === undefined) return undefined;
  const [commit = ""] = await fetchTips(work.git, [attemptName(attempt)]);
  if (parseTrailers(await readCommitMessage(work.git, commit)) === undefined) return undefined;
  const { render, inputs } = work;
  const placed = await placeRender(work.git, { commit, render, allowEmpty: inputs.allowEmpty });
  return placed.unchanged ? commit : undefined;
}
