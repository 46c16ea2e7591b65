// What happened to a pull request, as the service itself keeps it: commits, pushes, votes.
import type { Commit, CommitRef, IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, git, list, type RepositoryRef } from "./connection.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

/** Commits that it brings, newest first, at most `top`. */
export function listPullRequestCommits(
  ado: AzureDevOps,
  { repo, id, top }: OfPullRequest & { readonly top: number },
): Promise<readonly Commit[]> {
  return list(ado, { ...git(repo, "pullRequests", id, "commits"), query: { $top: top } });
}

export type Iteration = {
  readonly id: number;
  readonly createdDate?: string;
  /** What was pushed. */
  readonly sourceRefCommit?: CommitRef;
};

/** One for each push to its source branch, oldest first. */
export async function listIterations(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly Iteration[]> {
  const found = await list<Iteration>(ado, git(repo, "pullRequests", id, "iterations"));
  return [...found].sort((a, b) => a.id - b.id);
}

/** What its source branch has held since it was opened, oldest first: rewritten commits too. */
export async function listPushedHeads(
  ado: AzureDevOps,
  of: OfPullRequest,
): Promise<readonly string[]> {
  const iterations = await listIterations(ado, of);
  return iterations.flatMap(({ sourceRefCommit }) => sourceRefCommit?.commitId ?? []);
}

type Thread = {
  readonly publishedDate?: string;
  readonly properties?: Readonly<Record<string, { readonly $value?: unknown } | undefined>> | null;
  readonly identities?: Readonly<Record<string, IdentityRef | undefined>> | null;
  readonly comments?: readonly { readonly author?: IdentityRef }[];
};

// Who writes the service's own threads: its id is the same in every organisation.
const serviceId = "00000002-0000-8888-8000-000000000000";

/**
 * When somebody last voted, by id, from the threads that the service itself writes about votes: their
 * author is server-set, what else stands in a thread anybody can write (UNVERIFIED:
 * docs/unverified.md, S5).
 */
export async function readVoteTimes(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<ReadonlyMap<string, number>> {
  const threads = await list<Thread>(ado, git(repo, "pullRequests", id, "threads"));
  const times = new Map<string, number>();
  for (const { publishedDate, properties, identities, comments = [] } of threads) {
    const isVote = properties?.["CodeReviewThreadType"]?.$value === "VoteUpdate";
    const isOwn = comments[0]?.author?.id === serviceId;
    const by = properties?.["CodeReviewVotedByIdentity"]?.$value;
    const voter = typeof by === "string" ? identities?.[by]?.id : undefined;
    const at = Date.parse(publishedDate ?? "");
    if (!isVote || !isOwn || voter === undefined || Number.isNaN(at)) continue;
    times.set(voter, Math.max(at, times.get(voter) ?? 0));
  }
  return times;
}
