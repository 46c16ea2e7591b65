// A run tries an environment once, and again with every retry of its stage. Which attempts there
// are is read from the branches and pull requests that exist: their numbers may have gaps.
import type { PullRequest } from "../azure-devops/types.ts";
import { parseRunBranch, type RunBranch, runBranchName, runBranchOf } from "./branch.ts";

/** A run's branch, and the pull requests that were ever opened from it. */
export type Attempt = {
  readonly branch: RunBranch;
  /** Head of the branch; undefined when it was deleted. */
  readonly head: string | undefined;
  /** Newest first; empty for what found nothing to change, and for what a killed task left. */
  readonly pullRequests: readonly PullRequest[];
};

/** Attempts of any runs, each once, by build and attempt. */
export function attemptsIn(seen: {
  readonly refs: readonly { readonly name: string; readonly objectId: string }[];
  readonly pullRequests: readonly PullRequest[];
}): readonly Attempt[] {
  const opened = seen.pullRequests.filter((one) => runBranchOf(one) !== undefined);
  const names = new Set([
    ...seen.refs.map(({ name }) => name),
    ...opened.map(({ sourceRefName }) => sourceRefName),
  ]);
  return [...names]
    .flatMap((name): readonly Attempt[] => {
      const branch = parseRunBranch(name);
      if (branch === undefined) return [];
      const head = seen.refs.find((ref) => ref.name === name)?.objectId;
      const own = opened.filter(({ sourceRefName }) => sourceRefName === name);
      const newestFirst = [...own].sort((a, b) => b.pullRequestId - a.pullRequestId);
      return [{ branch, head, pullRequests: newestFirst }];
    })
    .sort((a, b) => a.branch.build - b.branch.build || a.branch.attempt - b.branch.attempt);
}

/** Of the attempts of one run; `stageAttempt` is how often the service has tried its stage. */
export function nextAttempt(attempts: readonly Attempt[], stageAttempt: number): number {
  const highest = Math.max(0, ...attempts.map(({ branch }) => branch.attempt));
  return Math.max(highest + 1, stageAttempt);
}

/**
 * The pull request that an attempt is about: open or completed rather than abandoned, and into the
 * given branch (`refs/heads/main`) rather than another.
 */
export function pullRequestOf(
  { pullRequests }: Attempt,
  targetRef: string,
): PullRequest | undefined {
  const into = pullRequests.filter(({ targetRefName }) => targetRefName === targetRef);
  const all = into.length > 0 ? into : pullRequests;
  return all.find(({ status }) => status !== "abandoned") ?? all[0];
}

/** What its branch holds; after its end, what its pull request last saw there. */
export function carrierOf({ head, pullRequests }: Attempt): string | undefined {
  const merged = pullRequests.find(({ status }) => status === "completed");
  const source = merged ?? pullRequests[0];
  return (merged === undefined ? head : undefined) ?? source?.lastMergeSourceCommit?.commitId;
}

export function attemptName({ branch }: Attempt): string {
  return runBranchName(branch);
}
