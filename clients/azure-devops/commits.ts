import type { Commit, FileChange } from "../../core/azure-devops/types.ts";
import {
  type AzureDevOps,
  get,
  git,
  list,
  oddAnswer,
  takeOrAbsent,
  type RepositoryRef,
} from "./connection.ts";
import { type RestChange, toFileChanges } from "./file-change.ts";

/** Whole, with its parents. @returns undefined when the repository has no such commit. */
export async function getCommit(
  ado: AzureDevOps,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<Commit | undefined> {
  const found = await takeOrAbsent(get<Commit | null>(ado, git(repo, "commits", commit)));
  if (found === undefined) return undefined;
  if (typeof found?.commitId !== "string") throw oddAnswer(`it is not commit ${commit}`);
  return found;
}

/**
 * Newest first. `since` is an ISO date; `firstParent` follows the branch itself, past what was
 * merged into it. Lists leave `parents` out and cut `comment` off.
 */
export function listCommits(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly path?: string;
    readonly top?: number;
    readonly skip?: number;
    readonly since?: string;
    readonly firstParent?: boolean;
    /** With who pushed each, as the service has set it: authors are free texts. */
    readonly withPushes?: boolean;
  } & ({ readonly branch: string } | { readonly commit: string }),
): Promise<readonly Commit[]> {
  const { repo, path, top, skip, since, firstParent, withPushes } = options;
  const [version, type] =
    "branch" in options ? [options.branch, "branch"] : [options.commit, "commit"];
  return list(ado, {
    ...git(repo, "commits"),
    query: {
      "searchCriteria.itemVersion.version": version,
      "searchCriteria.itemVersion.versionType": type,
      "searchCriteria.itemPath": path === undefined ? undefined : `/${path}`,
      "searchCriteria.fromDate": since,
      "searchCriteria.historyMode": firstParent === true ? "firstParent" : undefined,
      "searchCriteria.includePushData": withPushes,
      "searchCriteria.$top": top ?? 100,
      "searchCriteria.$skip": skip,
    },
  });
}

/** Commits that one holds and another does not, newest first. */
export function readCommitsOnlyIn(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly commit: string;
    readonly without: string;
    readonly top: number;
    /** Each with references of its work items. */
    readonly workItems?: boolean;
  },
): Promise<readonly Commit[]> {
  return list(ado, {
    ...git(of.repo, "commits"),
    query: {
      // The history starts at the compared version and leaves out what the item's version has.
      "searchCriteria.itemVersion.version": of.without,
      "searchCriteria.itemVersion.versionType": "commit",
      "searchCriteria.compareVersion.version": of.commit,
      "searchCriteria.compareVersion.versionType": "commit",
      "searchCriteria.$top": of.top,
      "searchCriteria.includeWorkItems": of.workItems,
    },
  });
}

/** @returns undefined when the two have no history in common. @throws HttpError 404: one is unknown. */
export async function readMergeBase(
  ado: AzureDevOps,
  { repo, a, b }: { readonly repo: RepositoryRef; readonly a: string; readonly b: string },
): Promise<string | undefined> {
  const route = git(repo, "commits", a, "mergebases");
  const bases = await list<{ readonly commitId: string }>(ado, {
    ...route,
    query: { otherCommitId: b },
  });
  return bases[0]?.commitId;
}

/** Whether `descendant` contains `ancestor`; a commit contains itself. */
export async function askWhetherAncestor(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly ancestor: string;
    readonly descendant: string;
  },
): Promise<boolean> {
  const { repo, ancestor, descendant } = options;
  if (ancestor === descendant) return true;
  return (await readMergeBase(ado, { repo, a: ancestor, b: descendant })) === ancestor;
}

/** Files that a commit changed against its first parent. */
export async function commitChanges(
  ado: AzureDevOps,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<readonly FileChange[]> {
  const size = 1000;
  const all: RestChange[] = [];
  for (;;) {
    const page = await get<{ readonly changes?: readonly RestChange[] } | null>(ado, {
      ...git(repo, "commits", commit, "changes"),
      query: { top: size, skip: all.length },
    });
    const changes = page?.changes;
    if (changes === undefined) throw oddAnswer(`no changes of commit ${commit}`);
    all.push(...changes);
    if (changes.length < size) return toFileChanges(all);
  }
}
