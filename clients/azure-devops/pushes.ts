import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, git, list, type RepositoryRef } from "./connection.ts";

export type Push = {
  readonly pushId: number;
  readonly date: string;
  readonly pushedBy?: IdentityRef;
  /** What it did to the branches that it moved; only where that is asked for. */
  readonly refUpdates?:
    | readonly {
        readonly name?: string;
        readonly oldObjectId?: string;
        readonly newObjectId?: string;
      }[]
    | null;
};

/** The newest pushes to a branch (`refs/heads/main`), completed pull requests too, newest first. */
export function listPushes(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly ref: string;
    readonly top: number;
    readonly withRefUpdates?: true;
  },
): Promise<readonly Push[]> {
  const { repo, ref, top, withRefUpdates } = options;
  return list(ado, {
    ...git(repo, "pushes"),
    query: {
      "searchCriteria.refName": ref,
      "searchCriteria.includeRefUpdates": withRefUpdates,
      $top: top,
    },
  });
}
