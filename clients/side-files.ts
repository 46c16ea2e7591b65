// The two sides of a comparison from folders of this machine.
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SideBytes } from "../core/charts/side-bytes.ts";
import { sha256 } from "./sha256.ts";
import { decodeText, largestFile } from "../core/diff/tree/decode-text.ts";
import type { SideFile } from "../core/diff/tree/side-file.ts";

const notManifests = new Set([".git", "node_modules"]);

/** All files below a folder, decoded; links are named, not followed. */
export function readFolderFiles(folder: string): readonly SideFile[] {
  const names = readdirSync(folder, { withFileTypes: true });
  return names.flatMap((entry): readonly SideFile[] => {
    if (notManifests.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return readFolderFiles(path).map((file) => ({ ...file, path: `${entry.name}/${file.path}` }));
    }
    if (entry.isFile()) return [{ path: entry.name, ...readContent(path) }];
    return [{ path: entry.name, unread: "this is no ordinary file (a link or device)" }];
  });
}

/** The same files as bytes, read when they are needed. */
export function bytesOfFolder(folder: string, files: readonly SideFile[]): SideBytes {
  const ids = new Map(
    files.flatMap(({ path, id }) => (id === undefined ? [] : [[path, id] as const])),
  );
  return {
    ids,
    read: (paths) => {
      const wanted = paths.filter((path) => ids.has(path));
      const read = wanted.map((path) => [path, readFileSync(join(folder, path))] as const);
      return Promise.resolve(new Map(read));
    },
  };
}

/** The text of one file, or why it has none. */
export function readContent(path: string): Omit<SideFile, "path"> {
  if (lstatSync(path).size > largestFile) return { unread: "the file is larger than 32 MiB" };
  const bytes = readFileSync(path);
  return { ...decodeText(bytes), id: sha256(bytes) };
}
