import type { FileChange } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get, git, oddAnswer, type RepositoryRef } from "./connection.ts";
import { type RestChange, toFileChanges } from "./file-change.ts";

type Page = {
  readonly commonCommit?: string;
  readonly allChangesIncluded?: boolean;
  readonly changes?: readonly RestChange[] | null;
};

/** Files that differ between two commits as they stand (not since their common ancestor). */
export async function readChangedPaths(
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
    if (!Array.isArray(page?.changes) && typeof page?.commonCommit !== "string") {
      throw oddAnswer(`no difference of ${options.base} and ${options.target}`);
    }
    const changes = page.changes ?? [];
    all.push(...changes);
    if (page.allChangesIncluded !== false || changes.length === 0) return toFileChanges(all);
  }
}

/**
 * The newest commit that two have in common, by another call than the merge base. @returns undefined
 * when they have none.
 */
export async function readCommonCommit(
  ado: AzureDevOps,
  options: { readonly repo: RepositoryRef; readonly base: string; readonly target: string },
): Promise<string | undefined> {
  const page = await get<Page | null>(ado, {
    ...git(options.repo, "diffs", "commits"),
    query: {
      baseVersion: options.base,
      baseVersionType: "commit",
      targetVersion: options.target,
      targetVersionType: "commit",
      $top: 1,
    },
  });
  if (page?.commonCommit !== undefined) return page.commonCommit;
  throw oddAnswer(`no common commit of ${options.base} and ${options.target}`);
}
