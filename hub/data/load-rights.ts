import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { readRepositoryRights } from "../../clients/azure-devops/permissions.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";

/** What the viewer may do with a pull request. */
export type Rights = {
  /** Vote, comment and abandon. */
  readonly decide: boolean;
  readonly complete: boolean;
};

/** Where it cannot be told, everything counts as allowed: the click itself then tells. */
export async function loadRights(
  ado: AzureDevOps,
  { repository, targetRefName }: Pick<PullRequest, "repository" | "targetRefName">,
): Promise<Rights> {
  const of = { project: repository.project.id, repository: repository.id };
  const may = (more: Pick<Parameters<typeof readRepositoryRights>[1], "permission" | "ref">) =>
    readRepositoryRights(ado, { ...of, ...more }).catch(() => true);
  const [decide, complete] = await Promise.all([
    may({ permission: "Contribute to pull requests" }),
    may({ permission: "Contribute", ref: targetRefName }),
  ]);
  return { decide, complete };
}
