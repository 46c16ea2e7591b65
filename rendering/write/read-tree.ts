import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { TreeFile } from "../../core/render/tree-plan.ts";
import { sha256 } from "../../clients/sha256.ts";
import { journalFolder } from "./write-journal.ts";

const notOurs = new Set([".git", journalFolder]);

/**
 * The files of an environment's folder on disk; none when it is not there. A checkout with CRLF
 * line ends (core.autocrlf) counts as what git stores. A symbolic link counts as the file that git
 * stores for it and is not followed: it could lead anywhere.
 * @throws InputError when the folder itself is behind one.
 */
export function readTree(root: string, path: string): readonly TreeFile[] {
  const folder = join(root, path);
  if (!existsSync(folder)) return [];
  if (realpathSync.native(folder) !== join(realpathSync.native(root), path)) {
    throw new InputError([{ message: `${path} in ${root} is a symbolic link or behind one` }]);
  }
  const files: TreeFile[] = [];
  enter(folder, "");
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));

  function enter(at: string, prefix: string): void {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const full = join(at, entry.name);
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) {
        if (!notOurs.has(entry.name)) enter(full, `${name}/`);
      } else if (entry.isSymbolicLink()) {
        files.push({ path: name, text: "", sha256: sha256(readlinkSync(full)) });
      } else if (entry.isFile()) files.push(readOne(full, name));
    }
  }
}

function readOne(file: string, path: string): TreeFile {
  const bytes = readFileSync(file);
  const isText = /\.(ya?ml|json)$/.test(path);
  const text = isText ? bytes.toString("utf8").replaceAll("\r\n", "\n") : "";
  return { path, text, sha256: sha256(isText ? text : bytes) };
}
