import { constants, copyFileSync, mkdirSync, rmSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { containedPath, fileText } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";

/**
 * The files of a checkout as the steps of one app see them: what a step writes lies in a folder of
 * its own, never in the checkout.
 */
export type WorkingCopy = {
  read(path: string): string;
  write(path: string, content: string | Uint8Array): void;
  /** Puts a file of the checkout, as the steps before left it, at another path too. */
  place(from: string, to: string): void;
  /** A folder with these files: the checkout itself while none of them was written. */
  rootFor(files: readonly string[]): string;
  /** A folder with these files that may be written to. */
  ownRootFor(files: readonly string[]): string;
};

/** A working copy whose own folder is made when first needed. */
export function workingCopy(checkout: Root, folder: string): WorkingCopy {
  const present = new Set<string>();
  const written = new Set<string>();
  const made = new Set<string>();
  const folderOf = (path: string) => {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
  };
  const sourceOf = (path: string) =>
    written.has(path) ? join(folder, path) : containedPath(checkout, path);
  const copyTo = (source: string, target: string) => {
    folderOf(target);
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  };
  const ownRootFor = (files: readonly string[]) => {
    mkdirSync(folder, { recursive: true });
    for (const file of files) {
      if (present.has(file)) continue;
      copyTo(containedPath(checkout, file), join(folder, file));
      present.add(file);
    }
    return folder;
  };
  return {
    ownRootFor,
    rootFor: (files) =>
      files.some((file) => written.has(file)) ? ownRootFor(files) : checkout.path,
    read: (path) =>
      written.has(path) ? readFileSync(join(folder, path), "utf8") : fileText(checkout, path),
    place(from, to) {
      copyTo(sourceOf(from), join(folder, to));
      present.add(to);
      written.add(to);
    },
    write(path, content) {
      const target = join(folder, path);
      folderOf(target);
      // Not over a file that may share its blocks with, or link to, one of the checkout.
      if (present.has(path)) rmSync(target, { force: true });
      writeFileSync(target, content);
      present.add(path);
      written.add(path);
    },
  };
}
