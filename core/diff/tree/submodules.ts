import type { Problem } from "../../errors.ts";
import { folderOf } from "./paths.ts";
import { isSameFile, type Side } from "./side-file.ts";

/** Whether a path is a submodule or lies in one: what is there lies in another repository. */
export function isInSubmodule(side: Side, path: string): boolean {
  if (side.get(path)?.kind === "submodule") return true;
  return path !== "" && isInSubmodule(side, folderOf(path));
}

/** Submodules that move. Only the source says whether Flux follows them (`recurseSubmodules`). */
export function movedSubmodules(sides: {
  readonly before: Side;
  readonly after: Side;
}): readonly Problem[] {
  const { before, after } = sides;
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => [before, after].some((side) => side.get(path)?.kind === "submodule"))
    .filter((path) => !isSameFile(before, after, path))
    .map((file) => ({
      file,
      message: "a submodule changes: what Flux applies of its files is not compared",
    }));
}
