// Listings of folders at commits. Each Kustomization has a folder of its own: a call for each of
// them after every push would cost the more the more objects there are.
import { LRUCache } from "lru-cache";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listTree, type TreeFile } from "../clients/azure-devops/items.ts";
import { HttpError } from "../core/errors.ts";
import { commonFolder, isUnder } from "../core/flux/folder.ts";
import { remember } from "./remember.ts";

type Files = readonly TreeFile[];
export type ReadTree = (commit: string, folder: string) => Promise<Files>;

// Where more folders of one commit are asked for, the folder around them is listed.
const mostAlone = 3;
// Of all listings that are remembered: some hundred bytes each.
const mostFiles = 100_000;
const mostCommits = 500;

/**
 * Lists the files of a folder of a commit and below. However many folders of a commit are asked for,
 * it takes a few calls, unless the answer for the folder around them is too large.
 */
export function treeReader(ado: AzureDevOps, repo: RepositoryRef): ReadTree {
  const listings = remember<Files>({
    mostEntries: mostFiles,
    entriesOf: ({ length }) => length,
    isFinal: ({ length }) => length > 0,
  });
  /** By commit, the folders that were listed. */
  const listed = new LRUCache<string, readonly string[]>({ max: mostCommits });
  const tooLarge = new LRUCache<string, true>({ max: mostCommits });
  /** Folders around several that were asked for: the next commit begins with them. */
  let around: readonly string[] = [];
  // Lives as long as the listing that it was taken from.
  const parts = new WeakMap<Files, Map<string, Files>>();

  function list(commit: string, folder: string): Promise<Files> {
    return listings(`${commit}:${folder}`, () =>
      listTree(ado, { repo, commit, path: folder, recursive: true }),
    );
  }

  function folderToList(commit: string, folder: string): string {
    const known = listed.get(commit) ?? [];
    const holds = (one: string) => isUnder(folder, one);
    const found = known.find(holds);
    if (found !== undefined) return found;
    const usual = around.find(holds) ?? folder;
    if (known.length < mostAlone) {
      listed.set(commit, [...known, usual]);
      return usual;
    }
    const common = commonFolder([...known, usual]);
    if ([...tooLarge.keys()].some((large) => isUnder(large, common))) return usual;
    around = [...around.filter((one) => !isUnder(one, common)), common];
    listed.set(commit, [common]);
    return common;
  }

  function forget(commit: string, large: string): void {
    tooLarge.set(large, true);
    around = around.filter((one) => one !== large);
    listed.set(
      commit,
      (listed.get(commit) ?? []).filter((one) => one !== large),
    );
  }

  async function read(commit: string, folder: string): Promise<Files> {
    const from = folderToList(commit, folder);
    try {
      const files = await list(commit, from);
      return from === folder ? files : partOf(files, folder);
    } catch (error) {
      const isTooLarge = error instanceof HttpError && error.code === "answer-too-large";
      if (!isTooLarge || from === folder) throw error;
      forget(commit, from);
      return read(commit, folder);
    }
  }

  function partOf(files: Files, folder: string): Files {
    const known = parts.get(files) ?? new Map<string, Files>();
    parts.set(files, known);
    const part = known.get(folder) ?? files.filter(({ path }) => isUnder(path, folder));
    known.set(folder, part);
    return part;
  }

  return read;
}
