import type { GitState } from "../git/git-state.ts";
import type { Projects, Repository } from "../repository.ts";
import type { PullRequest } from "./pull-request.ts";

/** What pull requests keep in the organisation. */
export type PullRequests = {
  /** Oldest first; they go with their repository. */
  readonly pullRequests: WeakMap<Repository, PullRequest[]>;
  /** Ids of the work items there are; undefined: every id is one. */
  readonly workItems: ReadonlySet<string> | undefined;
  readonly counters: { nextPullRequest: number };
};

/** What a pull request takes: its branches move, and what it merges is pushed. */
export type PullRequestState = GitState & Projects & PullRequests;

export function pullRequestsOf(
  { pullRequests }: PullRequests,
  repository: Repository,
): readonly PullRequest[] {
  return pullRequests.get(repository) ?? [];
}

export function addPullRequest({ pullRequests }: PullRequests, added: PullRequest): void {
  const before = pullRequests.get(added.repository);
  if (before) before.push(added);
  else pullRequests.set(added.repository, [added]);
}
