import { type AzureDevOps, call, git, list, type RepositoryRef } from "./connection.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

export async function listLabels(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly string[]> {
  const labels = await list<{ readonly name: string }>(
    ado,
    git(repo, "pullRequests", id, "labels"),
  );
  return labels.map(({ name }) => name);
}

/** A name that the project has no label of yet makes one; adding one twice changes nothing. */
export async function addLabel(
  ado: AzureDevOps,
  { repo, id, name }: OfPullRequest & { readonly name: string },
): Promise<void> {
  const route = git(repo, "pullRequests", id, "labels");
  await call(ado, { ...route, method: "POST", retry: true, json: { name } });
}
