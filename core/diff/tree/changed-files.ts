import { canonical } from "../values.ts";
import { buildOf } from "./flux-roots.ts";
import { chartOf, type Root } from "./roots.ts";
import { filesBelow } from "./files-below.ts";
import { folderOf } from "./paths.ts";
import type { Reach } from "./reach.ts";
import { isSameFile, type Side } from "./side-file.ts";

type Sides = { readonly before: Side; readonly after: Side };

/** Whether a root applies the same on both sides. */
export function isSameReach({ before, after, flux }: Root, sides: Sides): boolean {
  if (before === undefined || after === undefined) {
    return before === after && isSameBuild(flux);
  }
  return (
    shapeOf(before) === shapeOf(after) &&
    [...before.inputs, ...before.files.map(({ path }) => path)].every((path) =>
      isSameFile(sides.before, sides.after, path),
    ) &&
    ![...before.refusals, ...after.refusals].some(({ file = "" }) => changesBelow(file, sides))
  );
}

// Of folders that are not among the files.
function isSameBuild(flux: Root["flux"]): boolean {
  const { before, after } = flux ?? {};
  if (after === undefined) return true;
  if (before === undefined) return after.path !== undefined;
  return before.path === after.path && canonical(buildOf(before)) === canonical(buildOf(after));
}

// What a kustomization lists that was not read, or that Flux refuses, may be what changes there.
function changesBelow(kustomization: string, { before, after }: Sides): boolean {
  const folder = folderOf(kustomization);
  const paths = [...filesBelow(before, folder), ...filesBelow(after, folder)];
  return paths.some((path) => !isSameFile(before, after, path));
}

function shapeOf({ files, inputs, transforms }: Reach): string {
  return canonical([
    files.map(({ path, namespace = "" }) => [path, namespace]),
    [...inputs],
    transforms.map(({ path, does, value }) => [path, [...does], value]),
  ]);
}

/** Changed files that no root applies or reads. */
export function otherFiles(sides: Sides, roots: readonly Root[]): readonly string[] {
  const used = new Set(
    roots
      .flatMap(({ before, after }) => [before, after])
      .flatMap((reach) =>
        reach === undefined ? [] : [...reach.inputs, ...reach.files.map(({ path }) => path)],
      ),
  );
  const paths = new Set([...sides.before.keys(), ...sides.after.keys()]);
  return [...paths].filter(
    (path) =>
      !used.has(path) &&
      chartOf(path, sides.after) === undefined &&
      !isSameFile(sides.before, sides.after, path),
  );
}
