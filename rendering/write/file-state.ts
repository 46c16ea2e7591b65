import { lstatSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { sha256 } from "../../clients/sha256.ts";

/** sha256 of what a path holds, or where it leads if it is a link; undefined for nothing. */
export function fileState(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return `link ${sha256(readlinkSync(path))}`;
  return found.isFile() ? sha256(readFileSync(path)) : "no file";
}

/** @throws InputError naming each path that is behind a symbolic link: it could lead anywhere. */
export function demandNoLinks(root: string, paths: readonly string[]): void {
  const real = realpathSync.native(root);
  const folders = new Map<string, string>();
  for (const path of paths) {
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.set(at, path);
  }
  const problems: Problem[] = [];
  for (const folder of [...folders.keys()].sort()) {
    const found = realPath(join(root, folder));
    if (found === undefined || found === join(real, folder)) continue;
    problems.push({ message: `${folder} in ${root} is a symbolic link or behind one` });
  }
  if (problems.length > 0) throw new InputError(problems, { code: "render-refused" });
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
