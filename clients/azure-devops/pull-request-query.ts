import type { PullRequest } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, git, oddAnswer, type RepositoryRef } from "./connection.ts";

type Answer = {
  readonly results: readonly Readonly<Record<string, readonly PullRequest[]>>[];
};

/** Pull requests that contain the commit or whose merge made it, each once. */
export async function pullRequestsOfCommit(
  ado: AzureDevOps,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<readonly PullRequest[]> {
  const types = ["lastMergeCommit", "commit"];
  const answer = await call(ado, {
    ...git(repo, "pullrequestquery"),
    method: "POST",
    retry: true,
    json: { queries: types.map((type) => ({ type, items: [commit] })) },
  });
  const results = answer.json<Partial<Answer> | null>()?.results;
  if (!Array.isArray(results)) throw oddAnswer(`no pull requests of commit ${commit}`);
  const found = results.flatMap((result: Answer["results"][number]) => result[commit] ?? []);
  return [...new Map(found.map((item) => [item.pullRequestId, item])).values()];
}
