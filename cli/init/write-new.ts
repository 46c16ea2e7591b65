import { existsSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../core/errors.ts";

export type NewFile = { readonly path: string; readonly text: string };

/** The first of some paths that is free. @throws InputError where none is. */
export function freePath(root: string, paths: readonly string[]): string {
  const free = paths.find(
    (path) => lstatSync(join(root, path), { throwIfNoEntry: false }) === undefined,
  );
  if (free !== undefined) return free;
  const all = paths.length === 1 ? "it is" : `${paths.join(" and ")} are`;
  throw new InputError([{ message: `Failed to write ${paths[0]}: ${all} there already` }], {
    code: "already-there",
    hint: "fluxgate init writes over nothing: move what is there, or go on with it.",
  });
}

/** Writes files where nothing is. */
export function writeNew(root: string, files: readonly NewFile[]): void {
  for (const { path, text } of files) {
    const absolute = join(root, path);
    if (!existsSync(dirname(absolute))) mkdirSync(dirname(absolute), { recursive: true });
    // `wx` fails where anything is, a link that leads nowhere too.
    writeFileSync(absolute, text, { flag: "wx" });
  }
}
