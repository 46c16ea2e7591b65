import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { readRepositoryRights } from "../../clients/azure-devops/permissions.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";

/** What the viewer may do with a pull request. */
export type Rights = {
  /** Vote, comment and abandon. */
  readonly decide: boolean;
  readonly complete: boolean;
};

/**
 * What is missing to open a pull request with a new branch, as the service calls it; empty where
 * nothing is, or it cannot be told: the click itself then tells.
 */
export async function loadMissingRights(
  ado: AzureDevOps,
  of: { readonly project: string; readonly repository: string },
): Promise<readonly string[]> {
  const needed = ["Contribute", "Create branch", "Contribute to pull requests"] as const;
  const has = await Promise.all(
    needed.map((permission) => readRepositoryRights(ado, { ...of, permission }).catch(() => true)),
  );
  return needed.filter((_, index) => has[index] === false);
}

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
