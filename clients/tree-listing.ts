/** A line of `git ls-tree -z`, with or without `--long`. */
export type TreeEntry = {
  readonly mode: string;
  readonly id: string;
  /** In bytes, of a file by `--long`; none where the clone lacks it. */
  readonly size: number | undefined;
  readonly path: string;
};

/** Reads what `git ls-tree -z` has written. */
export function parseTreeListing(listed: string): readonly TreeEntry[] {
  return listed.split("\0").flatMap((line) => {
    const match = /^(\d{6}) \w+ ([0-9a-f]+)(?: +(\d+|-|BAD))?\t(.+)$/s.exec(line);
    if (match === null) return [];
    const [, mode = "", id = "", size = "", path = ""] = match;
    return [{ mode, id, size: /^\d+$/.test(size) ? Number(size) : undefined, path }];
  });
}

/** The files that `git ls-tree --long -z` has written, up to a size; no links, no submodules. */
export function filesUpTo(mostBytes: number, listed: string): readonly TreeEntry[] {
  return parseTreeListing(listed).filter(
    ({ mode, size }) => /^100(644|755)$/.test(mode) && size !== undefined && size <= mostBytes,
  );
}
