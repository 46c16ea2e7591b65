import type { Repository } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get, git, list, orAbsent, type RepositoryRef } from "./connection.ts";

/** @returns undefined when it does not exist or this identity may not see it (TF401019). */
export function getRepository(
  ado: AzureDevOps,
  repo: RepositoryRef,
): Promise<Repository | undefined> {
  return orAbsent(get<Repository>(ado, git(repo)));
}

/** Those that this identity may see; without `project` of the whole organisation. */
export function listRepositories(
  ado: AzureDevOps,
  { project }: { readonly project?: string } = {},
): Promise<readonly Repository[]> {
  const where = project === undefined ? {} : { project };
  return list(ado, { ...where, path: ["git", "repositories"] });
}
