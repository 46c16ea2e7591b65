import type { PullRequest } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, git, oddAnswer, type RepositoryRef } from "./connection.ts";

type Answer = {
  readonly results: readonly Readonly<Record<string, readonly PullRequest[]>>[];
};

/** Pull requests that contain the commit or whose merge made it, each once. */
export async function listPullRequestsOfCommit(
  ado: AzureDevOps,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<readonly PullRequest[]> {
  const queries = ["lastMergeCommit", "commit"].map((type) => ({ type, items: [commit] }));
  const results = await query(ado, repo, queries);
  const found = results.flatMap((result) => result[commit] ?? []);
  return [...new Map(found.map((item) => [item.pullRequestId, item])).values()];
}

/** By commit: the completed pull request whose merge made it, by one call for all of them. */
export async function listPullRequestsMergedAs(
  ado: AzureDevOps,
  { repo, commits }: { readonly repo: RepositoryRef; readonly commits: readonly string[] },
): Promise<ReadonlyMap<string, PullRequest>> {
  if (commits.length === 0) return new Map();
  const results = await query(ado, repo, [{ type: "lastMergeCommit", items: commits }]);
  const found = results.flatMap((result) => Object.values(result).flat());
  return new Map(
    found.flatMap((one) =>
      one.status === "completed" ? [[one.lastMergeCommit?.commitId ?? "", one] as const] : [],
    ),
  );
}

async function query(
  ado: AzureDevOps,
  repo: RepositoryRef,
  queries: readonly { readonly type: string; readonly items: readonly string[] }[],
): Promise<Answer["results"]> {
  const of = { ...git(repo, "pullrequestquery"), method: "POST", retry: true } as const;
  const answer = await call(ado, { ...of, json: { queries } });
  const results = answer.json<Partial<Answer> | null>()?.results;
  if (!Array.isArray(results)) throw oddAnswer("no pull requests of commits");
  return results as Answer["results"];
}
