/** One entry of a commit's tree. */
export type TreeEntry = {
  /** As git writes it: 040000 folder, 100644 and 100755 file, 120000 link, 160000 submodule. */
  readonly mode: string;
  readonly id: string;
};

/** A commit's whole tree by path; the root is the empty path. */
export type CommitTree = {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Where each symbolic link leads, as it is written. */
  readonly links: ReadonlyMap<string, string>;
};

export type ResolvedPath =
  /** `path` is where the entry lies once every link on the way is followed. */
  | { readonly kind: "found"; readonly path: string; readonly entry: TreeEntry }
  | { readonly kind: "absent"; readonly link?: string }
  | { readonly kind: "outside"; readonly link: string }
  | { readonly kind: "circle"; readonly link: string };

// As many as Linux follows.
const mostLinks = 40;

/**
 * Follows a path of the checkout through its symbolic links, inside the commit alone. A submodule
 * is where it ends: what lies in it follows from its commit.
 */
export function resolvePath({ entries, links }: CommitTree, path: string): ResolvedPath {
  let rest = normal(path).split("/").filter(Boolean);
  let at: readonly string[] = [];
  let last: string | undefined;
  for (let followed = 0; ;) {
    const [step, ...further] = rest;
    if (step === undefined) break;
    const here = [...at, step].join("/");
    const entry = entries.get(here);
    if (entry?.mode === "160000") return { kind: "found", path: here, entry };
    if (entry?.mode !== "120000") {
      if (entry === undefined)
        return { kind: "absent", ...(last === undefined ? {} : { link: last }) };
      at = [...at, step];
      rest = further;
      continue;
    }
    last ??= here;
    if ((followed += 1) > mostLinks) return { kind: "circle", link: last };
    const target = joined(at, links.get(here) ?? "");
    if (target === undefined) return { kind: "outside", link: here };
    rest = [...target, ...further];
    at = [];
  }
  const found = at.join("/");
  const entry = entries.get(found);
  return entry === undefined ? { kind: "absent" } : { kind: "found", path: found, entry };
}

/** As git names paths: no `./`, no slash at either end; the root is the empty path. */
export function normal(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** The parts of a link's target; undefined when it leads out of the repository. */
function joined(folder: readonly string[], target: string): readonly string[] | undefined {
  if (target === "" || target.startsWith("/") || /^[A-Za-z]:[\\/]/.test(target)) return undefined;
  const parts = [...folder];
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts;
}
