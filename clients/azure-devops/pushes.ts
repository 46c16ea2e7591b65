import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, git, list, type RepositoryRef } from "./connection.ts";

export type Push = {
  readonly pushId: number;
  readonly date: string;
  readonly pushedBy?: IdentityRef;
};

/** The newest pushes to a branch (`refs/heads/main`), newest first. */
export function listPushes(
  ado: AzureDevOps,
  { repo, ref, top }: { readonly repo: RepositoryRef; readonly ref: string; readonly top: number },
): Promise<readonly Push[]> {
  return list(ado, {
    ...git(repo, "pushes"),
    query: { "searchCriteria.refName": ref, $top: top },
  });
}
