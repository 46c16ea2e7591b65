import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TreeFile } from "../../core/render/plan-tree.ts";
import { filesUnder, rootAt } from "./contained-files.ts";
import { sha256 } from "./inputs-digest.ts";

/**
 * The files of an environment's folder on disk; none when it is not there. A checkout with CRLF
 * line ends (core.autocrlf) counts as what git stores.
 */
export async function readTree(folder: string): Promise<readonly TreeFile[]> {
  if (!existsSync(folder)) return [];
  const root = await rootAt(folder, folder);
  const paths = await filesUnder(root, ".");
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(join(root.path, path));
      const isText = /\.(ya?ml|json)$/.test(path);
      const text = isText ? bytes.toString("utf8").replaceAll("\r\n", "\n") : "";
      return { path, text, sha256: sha256(isText ? text : bytes) };
    }),
  );
}
