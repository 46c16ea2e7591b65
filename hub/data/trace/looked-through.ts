import type { PullRequest } from "../../../core/azure-devops/types.ts";
import { runBranchOf } from "../../../core/run/branch.ts";
import type { TraceQuery } from "../../view/trace-query.ts";
import type { Made } from "./trace-source.ts";

/** So many of a project's newest pull requests are listed. */
export const mostRequests = 300;
/** Where each costs calls, of so many newest ones the commits are read. */
const mostRead = 60;
const mostShown = 12;
/** A run that deploys to more environments at once is shown in part. */
const mostOfRun = 60;

/** The pull requests of runs among the newest of a project that a look goes through. */
export function lookedThrough(
  requests: readonly PullRequest[],
  { kind }: TraceQuery,
): {
  /** Newest first. */
  readonly made: readonly Made[];
  /** Whether there are no older ones. */
  readonly isWhole: boolean;
} {
  const all = requests.flatMap((pullRequest): readonly Made[] => {
    const branch = runBranchOf(pullRequest);
    return branch === undefined ? [] : [{ pullRequest, branch }];
  });
  // By what the list itself tells.
  const isFree = kind === "run" || kind === "pull-request" || kind === "nothing";
  const made = isFree ? all : all.slice(0, mostRead);
  return { made, isWhole: made.length === all.length && requests.length < mostRequests };
}

/** How many ways are shown of what was found. */
export function mostWays({ kind }: TraceQuery): number {
  return kind === "run" ? mostOfRun : mostShown;
}
