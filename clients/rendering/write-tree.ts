import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type TreeChange = {
  /** Absolute path → text. */
  readonly writes: ReadonlyMap<string, string>;
  /** Absolute paths. */
  readonly deletes: readonly string[];
  /** Absolute folders to be removed whole before writing. */
  readonly clears: readonly string[];
};

/**
 * Puts files in place below `root`: first all of them beside it, then each by a rename, so that a
 * full disk or a kill while writing leaves the old files. Folders that became empty are removed.
 */
export async function writeTree(root: string, change: TreeChange): Promise<void> {
  const { writes, deletes, clears } = change;
  if (writes.size + deletes.length + clears.length === 0) return;
  await mkdir(root, { recursive: true });
  const staging = await mkdtemp(join(root, ".fluxgate-writing-"));
  try {
    const staged = [...writes].map(([path, text], index) => ({
      path,
      text,
      from: join(staging, String(index)),
    }));
    for (const { from, text } of staged) await writeFile(from, text);
    for (const folder of clears) await rm(folder, { recursive: true, force: true });
    for (const { path, from } of staged) {
      await mkdir(dirname(path), { recursive: true });
      await rename(from, path);
    }
    for (const path of deletes) {
      await rm(path, { force: true });
      await removeEmpty(dirname(path), root);
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function removeEmpty(folder: string, root: string): Promise<void> {
  if (folder === root || !folder.startsWith(root)) return;
  if ((await readdir(folder)).length > 0) return;
  await rmdir(folder);
  await removeEmpty(dirname(folder), root);
}
