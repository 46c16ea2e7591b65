import { fluxOfRoot } from "./applied-by.ts";
import { folderOf } from "./tree/paths.ts";
import type { ObjectChange } from "./object-change.ts";

/** Where objects leave git, and no Flux Kustomization that was read says what becomes of them. */
export type LeftFolder = {
  /** Of their files. */
  readonly folder: string;
  /** The folder that is applied as a whole, as far as the files tell. */
  readonly root: string;
  readonly objects: number;
};

/** Folders of removed objects that are deleted only where what applies them prunes. */
export function leftFolders(objects: readonly ObjectChange[]): readonly LeftFolder[] {
  const found = new Map<string, LeftFolder>();
  for (const { change, kept, goesWith, madeBy, root = "", file } of objects) {
    if (change !== "removed" || kept !== undefined || goesWith !== undefined) continue;
    if (madeBy !== undefined || fluxOfRoot(root) !== undefined) continue;
    const folder = folderOf(file);
    const key = JSON.stringify([folder, root]);
    found.set(key, { folder, root, objects: (found.get(key)?.objects ?? 0) + 1 });
  }
  return [...found.values()];
}
