// A listing of a commit follows from one of an earlier commit and what differs between the two, which
// is asked for anyway: so a push costs no listing of its own.
import type { TreeFile } from "../clients/azure-devops/items.ts";
import { isUnder } from "../core/flux/folder.ts";
import type { FileChange } from "../core/azure-devops/types.ts";
import type { ReadTree } from "./read-trees.ts";
import { sizedCache } from "./sized-cache.ts";

export type ListedFolder = {
  readonly files: readonly TreeFile[];
  /** That it has no files is believed: its commit never has any. */
  readonly isSure: boolean;
};

type Listing = ListedFolder & { readonly commit: string };

const mostFiles = 100_000;

/**
 * Reads listings, by what differs where another commit of the folder is known.
 * @param list asks the service
 * @param holds whether a listing of the folder has files of that path; by default all below
 */
export function followTrees(
  list: (commit: string, folder: string) => Promise<ListedFolder>,
  differing: (base: string, target: string) => Promise<ReadonlyMap<string, FileChange>>,
  holds: (path: string, folder: string) => boolean = isUnder,
): ReadTree {
  const newest = sizedCache<Listing>({ mostEntries: mostFiles });
  return async (commit, folder) => {
    const before = newest.get(folder);
    if (before?.commit === commit) return before.files;
    const found =
      (before && (await follow(before, commit, folder))) ?? (await list(commit, folder));
    const { files, isSure } = found;
    // What is not there may be so for a moment only.
    if (files.length > 0 || isSure)
      newest.set(folder, { commit, files, isSure }, { entries: files.length });
    return files;
  };

  async function follow(
    { commit: base, files, isSure }: Listing,
    commit: string,
    folder: string,
  ): Promise<ListedFolder | undefined> {
    const changes = await differing(base, commit).catch(() => undefined);
    // Two commits that do not differ may be one odd answer.
    if (changes === undefined || changes.size === 0) return undefined;
    const now = new Map(files.map((file) => [file.path, file]));
    for (const { path, originalPath, changeType, blob } of new Set(changes.values())) {
      if (originalPath !== undefined && originalPath !== path) now.delete(originalPath);
      if (!holds(path, folder)) continue;
      if (/delete/.test(changeType)) now.delete(path);
      else if (blob === undefined) return undefined;
      else now.set(path, { path, blob });
    }
    return { files: [...now.values()], isSure };
  }
}
