import { type AzureDevOps, git, list, type RepositoryRef } from "./connection.ts";

type WorkItemRef = { readonly id: string | number };

/** Ids of those that the commits of a run are linked to, or mention. */
export async function listWorkItemsOfBuild(
  ado: AzureDevOps,
  {
    project,
    build,
    top,
  }: { readonly project: string; readonly build: number; readonly top: number },
): Promise<readonly number[]> {
  const path = ["build", "builds", build, "workitems"];
  return ids(await list<WorkItemRef>(ado, { project, path, query: { $top: top } }));
}

export async function listWorkItemsOfPullRequest(
  ado: AzureDevOps,
  { repo, id }: { readonly repo: RepositoryRef; readonly id: number },
): Promise<readonly number[]> {
  return ids(await list<WorkItemRef>(ado, git(repo, "pullRequests", id, "workitems")));
}

function ids(refs: readonly WorkItemRef[]): readonly number[] {
  return refs.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
}
