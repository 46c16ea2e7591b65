import { isIgnoreFile } from "../../flux/ignore/left-out.ts";
import { folderOf, isBelow } from "./paths.ts";
import type { Root } from "./roots.ts";
import { isSameFile, type Side } from "./side-file.ts";

type Sides = { readonly before: Side; readonly after: Side };

/**
 * Folders and files that decide what roots apply and what differs, none below another; the whole
 * repository is the empty text.
 */
export function placesOf(roots: readonly Root[], { before, after }: Sides): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  const differing = [...paths].filter((path) => !isSameFile(before, after, path));
  const all = new Set([...differing.map(folderOf), ...roots.flatMap(placesOfRoot)]);
  return [...all].filter((place) => !(place !== "" && all.has("")) && !isWithin(place, all)).sort();
}

function placesOfRoot({ name, before, after, flux }: Root): readonly string[] {
  const read = [before, after].flatMap((reach) =>
    reach === undefined ? [] : [...reach.inputs, ...reach.files.map(({ path }) => path)],
  );
  // One that no file tells of is named by its folder.
  const told =
    flux === undefined
      ? [name]
      : [flux.before, flux.after].flatMap((one) =>
          one === undefined ? [] : [one.file, ...(one.path === undefined ? [] : [one.path])],
        );
  return [...new Set([...read.map(folderOf), ...told])];
}

function isWithin(place: string, all: ReadonlySet<string>): boolean {
  for (let folder = folderOf(place); folder !== ""; folder = folderOf(folder)) {
    if (all.has(folder)) return true;
  }
  return false;
}

/**
 * Those of some paths that could change what is applied from these places: what Flux leaves out of
 * a folder may be said in any other.
 */
export function pathsAt(places: readonly string[], paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) => isIgnoreFile(path) || places.some((place) => path === place || isBelow(path, place)),
  );
}
