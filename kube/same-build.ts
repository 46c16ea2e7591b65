import type { Build } from "../core/diff/tree/builds.ts";
import { folderOf } from "../core/diff/tree/paths.ts";
import { isSameFile, type Side, type SideFile, sideOf } from "../core/diff/tree/side-file.ts";
import { isIgnoreFile } from "../core/flux/ignore/left-out.ts";

/**
 * Whether a build of one side comes out the same on the other: all that it read is the same there, and
 * so is what Flux leaves out, and below the folders that it read in no file came or went (a second
 * kustomization file, what a folder without one holds). In large repositories most builds are only
 * asked for what they bring; one of them may take seconds.
 */
export function isSameOnBoth(
  build: Build | undefined,
  sides: { readonly before: readonly SideFile[]; readonly after: readonly SideFile[] },
): boolean {
  if (build?.kind !== "built" || build.read.length === 0) return false;
  const [before, after] = [sideOf(sides.before), sideOf(sides.after)];
  if (!build.read.every((path) => isSameFile(before, after, path))) return false;
  const folders = new Set(build.read.map(folderOf));
  const isBelow = (path: string): boolean => {
    const folder = folderOf(path);
    return folders.has(folder) || (folder !== "" && isBelow(folder));
  };
  return [...new Set([...before.keys(), ...after.keys()])].every((path) => {
    if (isIgnoreFile(path)) return isSameFile(before, after, path);
    return isThere(before, path) === isThere(after, path) || !isBelow(path);
  });
}

// A submodule's files are not.
function isThere(side: Side, path: string): boolean {
  return side.has(path) && side.get(path)?.kind === undefined;
}
