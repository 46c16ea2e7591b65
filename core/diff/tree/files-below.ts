import type { Side } from "./side-file.ts";
import { onceFor } from "../../once-for.ts";

// A repository of thousands of files has hundreds of kustomizations, and each names folders.
const foldersOf = onceFor(byFolder);

/** The paths below a folder, at any depth and in the side's order; "" is the root. */
export function filesBelow(side: Side, folder: string): readonly string[] {
  if (folder === "") return [...side.keys()];
  return foldersOf(side).get(folder) ?? [];
}

function byFolder(side: Side): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of side.keys()) {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      const paths = found.get(folder);
      if (paths === undefined) found.set(folder, [path]);
      else paths.push(path);
    }
  }
  return found;
}
