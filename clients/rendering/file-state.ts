import { createHash } from "node:crypto";
import { lstat, readFile, readlink, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";

/** sha256 of what a path holds, or where it leads if it is a link; undefined for nothing. */
export async function fileState(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return `link ${bytesDigest(await readlink(path))}`;
  return found.isFile() ? bytesDigest(await readFile(path)) : "no file";
}

export function bytesDigest(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** @throws InputError naming each path that is behind a symbolic link: it could lead anywhere. */
export async function demandNoLinks(root: string, paths: readonly string[]): Promise<void> {
  const real = await realpath(root);
  const folders = new Map<string, string>();
  for (const path of paths) {
    for (let at = dirname(path); at !== "."; at = dirname(at)) folders.set(at, path);
  }
  const problems: Problem[] = [];
  for (const folder of [...folders.keys()].sort()) {
    const found = await realpath(join(root, folder)).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (found === undefined || found === join(real, folder)) continue;
    problems.push({ message: `${folder} in ${root} is a symbolic link or behind one` });
  }
  if (problems.length > 0) throw new InputError(problems, { code: "render-refused" });
}

function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
