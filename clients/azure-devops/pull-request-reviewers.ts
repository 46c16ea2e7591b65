import { type AzureDevOps, call, git, type RepositoryRef } from "./connection.ts";

/** Who is asked to look at a pull request. */
export type WantedReviewer = { readonly id: string; readonly isRequired: boolean };

/**
 * Adds one who has not voted: the vote that the call demands is none, so it would take one away.
 * Twice is once.
 */
export async function addReviewer(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly id: number; readonly reviewer: WantedReviewer },
): Promise<void> {
  const { id, isRequired } = of.reviewer;
  const route = git(of.repo, "pullRequests", of.id, "reviewers", id);
  await call(ado, { ...route, method: "PUT", retry: true, json: { vote: 0, isRequired } });
}
