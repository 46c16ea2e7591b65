import type { CommitStatus, NewCommitStatus } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, git, list, type RepositoryRef } from "./connection.ts";

export type PullRequestStatus = CommitStatus & { readonly iterationId?: number };

/** Adds a status; a status policy takes the newest of its context and iteration. */
export async function postPullRequestStatus(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly id: number;
    readonly status: NewCommitStatus & { readonly iterationId?: number };
  },
): Promise<void> {
  const { repo, id, status } = options;
  const route = git(repo, "pullRequests", id, "statuses");
  // Posted twice it says the same twice.
  await call(ado, { ...route, method: "POST", retry: true, json: status });
}

/** All statuses of a pull request, also those that a newer one of the same context replaced. */
export function listPullRequestStatuses(
  ado: AzureDevOps,
  { repo, id }: { readonly repo: RepositoryRef; readonly id: number },
): Promise<readonly PullRequestStatus[]> {
  return list<PullRequestStatus>(ado, git(repo, "pullRequests", id, "statuses"));
}
