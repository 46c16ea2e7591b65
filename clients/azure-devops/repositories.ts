import type { Repository } from "../../core/azure-devops/types.ts";
import { TerminalError } from "../../core/errors.ts";
import {
  type AzureDevOps,
  get,
  git,
  list,
  oddAnswer,
  takeOrAbsent,
  type RepositoryRef,
} from "./connection.ts";
import { permissionHint } from "./permission-refusal.ts";

/** @returns undefined when it does not exist or this identity may not see it (TF401019). */
export async function getRepository(
  ado: AzureDevOps,
  repo: RepositoryRef,
): Promise<Repository | undefined> {
  const found = await takeOrAbsent(get<Partial<Repository> | null>(ado, git(repo)));
  if (found === undefined) return undefined;
  if (typeof found?.id !== "string" || typeof found.project?.id !== "string") {
    throw oddAnswer(`it is not repository ${repo.repository}`);
  }
  return found as Repository;
}

/** As {@link getRepository}. @throws TerminalError where it is not to be seen. */
export async function demandRepository(ado: AzureDevOps, repo: RepositoryRef): Promise<Repository> {
  const found = await getRepository(ado, repo);
  if (found !== undefined) return found;
  const read = permissionHint(
    { permission: "Read", identity: "the token's account" },
    `repository ${repo.project}/${repo.repository}`,
  );
  throw new TerminalError(
    `Failed to find repository ${repo.project}/${repo.repository}: it does not exist, or this identity may not see it (TF401019)`,
    {
      code: "repository-not-found",
      hint: `Check the names of project and repository. If it is there: ${read}`,
    },
  );
}

/** Those that this identity may see; without `project` of the whole organisation. */
export function listRepositories(
  ado: AzureDevOps,
  { project }: { readonly project?: string } = {},
): Promise<readonly Repository[]> {
  const where = project === undefined ? {} : { project };
  return list(ado, { ...where, path: ["git", "repositories"] });
}
