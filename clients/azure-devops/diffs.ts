import type { FileChange } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get, git, type RepositoryRef } from "./connection.ts";
import { type RestChange, toFileChanges } from "./file-change.ts";

type Page = {
  readonly allChangesIncluded?: boolean;
  readonly changes?: readonly RestChange[] | null;
};

/** Files that differ between two commits as they stand (not since their common ancestor). */
export async function changedPaths(
  ado: AzureDevOps,
  options: { readonly repo: RepositoryRef; readonly base: string; readonly target: string },
): Promise<readonly FileChange[]> {
  const size = 2000;
  const all: RestChange[] = [];
  for (;;) {
    const page = await get<Page>(ado, {
      ...git(options.repo, "diffs", "commits"),
      query: {
        baseVersion: options.base,
        baseVersionType: "commit",
        targetVersion: options.target,
        targetVersionType: "commit",
        diffCommonCommit: false,
        $top: size,
        $skip: all.length,
      },
    });
    const changes = page.changes ?? [];
    all.push(...changes);
    if (page.allChangesIncluded !== false || changes.length === 0) return toFileChanges(all);
  }
}
