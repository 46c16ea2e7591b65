import type { FileChange } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, get, git, oddAnswer, type RepositoryRef } from "./connection.ts";
import { type RestChange, toFileChanges } from "./file-change.ts";

type Page = {
  readonly commonCommit?: string;
  readonly aheadCount?: number;
  readonly allChangesIncluded?: boolean;
  readonly changes?: readonly RestChange[] | null;
};

type Compared = { readonly repo: RepositoryRef; readonly base: string; readonly target: string };

/** Files that differ between two commits as they stand (not since their common ancestor). */
export async function readChangedPaths(
  ado: AzureDevOps,
  compared: Compared,
): Promise<readonly FileChange[]> {
  return (await readDifference(ado, compared)).changes;
}

export type Difference = {
  readonly changes: readonly FileChange[];
  /** The newest commit that both have in common, where the service says it. */
  readonly common: string | undefined;
  /** How many commits the target has that the base has not, where the service says it. */
  readonly ahead: number | undefined;
};

/** The same, and how the two commits lie to each other. */
export async function readDifference(ado: AzureDevOps, options: Compared): Promise<Difference> {
  const size = 2000;
  const all: RestChange[] = [];
  for (;;) {
    const page = await get<Page | null>(ado, {
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
    const { changes, allChangesIncluded, commonCommit: common, aheadCount: ahead } = page ?? {};
    if (!Array.isArray(changes) || (allChangesIncluded === false && changes.length === 0)) {
      throw oddAnswer(`no whole difference of ${options.base} and ${options.target}`);
    }
    all.push(...(changes as readonly RestChange[]));
    if (allChangesIncluded !== false) return { changes: toFileChanges(all), common, ahead };
  }
}

/**
 * The newest commit that two have in common, by another call than the merge base. @returns undefined
 * when they have none.
 */
export async function readCommonCommit(
  ado: AzureDevOps,
  options: Compared,
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
