import { onceFor } from "../../once-for.ts";

/** A file of one side of a comparison, by its path from the repository's root. */
export type SideFile = {
  readonly path: string;
  /** Absent where it was not read, or cannot be. */
  readonly text?: string;
  /** Why it cannot be read: `this is no UTF-8 text`. */
  readonly unread?: string;
  /** Of its bytes: what has the same on both sides is the same, read or not. */
  readonly id?: string;
  /** What git has in its place; absent for a file. */
  readonly kind?: "link" | "submodule" | undefined;
};

/** All files of one side by path. */
export type Side = ReadonlyMap<string, SideFile>;

/**
 * A side of files; a leading slash, as Azure DevOps writes paths, is left out, and symbolic links are,
 * as source-controller leaves them out of what Flux builds.
 */
export const sideOf = onceFor(asSide);

// What is found out about a side is kept with it: the same files are compared more than once.
function asSide(files: readonly SideFile[]): Side {
  const seen = files.filter(({ kind }) => kind !== "link");
  return new Map(
    seen.map((file) => {
      const path = file.path.replace(/^\/+/, "");
      return [path, { ...file, path }];
    }),
  );
}

/** Whether a path holds the same on both sides; a file that neither has does. */
export function isSameFile(before: Side, after: Side, path: string): boolean {
  const [old, next] = [before.get(path), after.get(path)];
  if (old === undefined || next === undefined) return old === next;
  if (old.id !== undefined && old.id === next.id) return true;
  return old.text !== undefined && old.text === next.text;
}
