import { constants } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { containedPath } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";

/**
 * The files of a checkout as the steps of one app see them: what a step writes lies in a folder of
 * its own, never in the checkout.
 */
export type WorkingCopy = {
  read(path: string): Promise<string>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Puts a file of the checkout, as the steps before left it, at another path too. */
  place(from: string, to: string): Promise<void>;
  /** A folder with these files: the checkout itself while none of them was written. */
  rootFor(files: readonly string[]): Promise<string>;
  /** A folder with these files that may be written to. */
  ownRootFor(files: readonly string[]): Promise<string>;
};

/** A working copy whose own folder is made when first needed. */
export function workingCopy(checkout: Root, folder: string): WorkingCopy {
  const present = new Set<string>();
  const written = new Set<string>();
  const ownRootFor = async (files: readonly string[]) => {
    const missing = files.filter((file) => !present.has(file));
    await mkdir(folder, { recursive: true });
    for (const parent of new Set(missing.map((file) => dirname(join(folder, file))))) {
      await mkdir(parent, { recursive: true });
    }
    await Promise.all(
      missing.map(async (file) => {
        present.add(file);
        const source = await containedPath(checkout, file);
        await copyFile(source, join(folder, file), constants.COPYFILE_FICLONE);
      }),
    );
    return folder;
  };
  return {
    ownRootFor,
    async rootFor(files) {
      return files.some((file) => written.has(file)) ? ownRootFor(files) : checkout.path;
    },
    async read(path) {
      const at = written.has(path) ? join(folder, path) : await containedPath(checkout, path);
      return readFile(at, "utf8");
    },
    async place(from, to) {
      const source = written.has(from) ? join(folder, from) : await containedPath(checkout, from);
      await mkdir(dirname(join(folder, to)), { recursive: true });
      await copyFile(source, join(folder, to), constants.COPYFILE_FICLONE);
      present.add(to);
      written.add(to);
    },
    async write(path, content) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      // Not over a file that may share its blocks with, or link to, one of the checkout.
      await rm(target, { force: true });
      await writeFile(target, content);
      present.add(path);
      written.add(path);
    },
  };
}
