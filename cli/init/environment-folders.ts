import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Where a manifests repository has an environment: folders called so, at most four levels deep. */
export function environmentFolders(root: string, environment: string): readonly string[] {
  const found: string[] = [];
  let level = [""];
  for (let depth = 0; depth < 4 && found.length === 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      for (const name of foldersIn(join(root, folder))) {
        const path = folder === "" ? name : `${folder}/${name}`;
        if (name === environment) found.push(path);
        else if (next.length < 1000 && name !== "high-level") next.push(path);
      }
    }
    level = next;
  }
  return found;
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}
