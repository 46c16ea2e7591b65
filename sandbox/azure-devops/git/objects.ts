import { rm } from "node:fs/promises";
import { readRef } from "./read-ref.ts";
import { readObjects } from "./read-objects.ts";
import { runGit, type Author } from "./run-git.ts";

/** The commit that a branch, tag or commit id names; undefined when there is none. */
export async function resolveCommit(
  directory: string,
  version: string,
  suffix = "",
): Promise<string | undefined> {
  // Branches point at commits, so their files say all.
  if (version.startsWith("refs/heads/") && suffix === "") return readRef(directory, version);
  if (version === "" || version.startsWith("-")) return undefined;
  const asked = `${directory} ${version}${suffix}`;
  if (commitsThere.has(asked)) return version;
  const found = await runGit(directory, [
    "rev-parse",
    "--verify",
    "--quiet",
    `${version}${suffix}^{commit}`,
  ]).catch(() => "");
  const commit = found.trim() || undefined;
  if (commit === `${version}${suffix}`) commitsThere.add(asked);
  return commit;
}

// A commit never goes again: nothing is collected here. Clients ask for the same ones all the time.
const commitsThere = new Set<string>();

/** Whether the repository has an object of that id, and of which kind. */
export async function readObjectType(directory: string, id: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
  const read = readObjects(directory, ["cat-file", "-t"], { objects: [id] });
  return (await read.catch(() => "")).toString().trim() || undefined;
}

/** How many bytes an object has. */
export async function readObjectSize(directory: string, id: string): Promise<number> {
  return Number((await readObjects(directory, ["cat-file", "-s"], { objects: [id] })).toString());
}

export type TreeEntry = {
  /** Bytes of a blob, where a list was asked for. */
  readonly size?: number;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly id: string;
  readonly path: string;
};

/** The entries below `path` ("" is the root); trees are listed too. */
export async function listTree(
  directory: string,
  at: { readonly commit: string; readonly path: string; readonly recursive: boolean },
): Promise<readonly TreeEntry[]> {
  const tree = at.path === "" ? at.commit : `${at.commit}:${at.path}`;
  const flags = at.recursive ? ["-r", "-t"] : [];
  const out = await readObjects(directory, ["ls-tree", "-z", "-l", ...flags], { objects: [tree] });
  return out
    .toString()
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [meta = "", name = ""] = line.split("\t");
      const [mode = "", type = "", id = "", size = "0"] = meta.split(/ +/);
      const path = at.path === "" ? name : `${at.path}/${name}`;
      return { mode, type: type as TreeEntry["type"], id, path, size: Number(size) || 0 };
    });
}

/** What stands at one path; undefined when nothing does. */
export async function readEntryAt(
  directory: string,
  { commit, path }: { readonly commit: string; readonly path: string },
): Promise<TreeEntry | undefined> {
  if (path === "") {
    const root = { objects: [`${commit}^{tree}`] };
    const id = (await readObjects(directory, ["rev-parse"], root)).toString().trim();
    return { mode: "040000", type: "tree", id, path };
  }
  const at = { objects: [commit], paths: [path] };
  const line = (await readObjects(directory, ["ls-tree", "-z"], at))
    .toString()
    .split("\0")
    .find(Boolean);
  if (!line) return undefined;
  const [mode = "", type = "", id = ""] = (line.split("\t")[0] ?? "").split(" ");
  return { mode, type: type as TreeEntry["type"], id, path };
}

export function readBlob(directory: string, id: string): Promise<Buffer> {
  return readObjects(directory, ["cat-file", "blob"], { objects: [id] });
}

export type FileEdit = {
  readonly path: string;
  /** undefined removes the file. */
  readonly content: Buffer | undefined;
  readonly mode?: string;
};

/** Writes a commit on `parent` with `edits` applied and returns its id; no ref moves. */
export async function writeCommit(
  directory: string,
  commit: {
    readonly parent: string | undefined;
    readonly edits: readonly FileEdit[];
    readonly message: string;
    readonly author: Author;
  },
): Promise<string> {
  const index = `${directory}/index-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const env = { GIT_INDEX_FILE: index };
  try {
    if (commit.parent) await runGit(directory, ["read-tree", commit.parent], { env });
    const lines: string[] = [];
    for (const { path, content, mode = "100644" } of commit.edits) {
      if (content === undefined) {
        lines.push(`0 ${"0".repeat(40)}\t${path}\0`);
        continue;
      }
      const blob = await runGit(directory, ["hash-object", "-w", "--stdin"], { input: content });
      lines.push(`${mode} ${blob.trim()}\t${path}\0`);
    }
    await runGit(directory, ["update-index", "-z", "--index-info"], { env, input: lines.join("") });
    const tree = (await runGit(directory, ["write-tree"], { env })).trim();
    return await commitTree(directory, { ...commit, tree, parents: parentsOf(commit.parent) });
  } finally {
    await rm(index, { force: true });
  }
}

export async function commitTree(
  directory: string,
  commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly author: Author;
  },
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  const id = await runGit(directory, ["commit-tree", commit.tree, ...parents, "-F", "-"], {
    input: commit.message,
    author: commit.author,
  });
  return id.trim();
}

/** The best common ancestors of two commits. */
export async function mergeBases(
  directory: string,
  a: string,
  b: string,
): Promise<readonly string[]> {
  const read = readObjects(directory, ["merge-base", "--all"], { objects: [a, b] });
  const out = (await read.catch(() => "")).toString();
  return out.split("\n").filter(Boolean);
}

export async function askWhetherAncestor(
  directory: string,
  a: string,
  b: string,
): Promise<boolean> {
  return readObjects(directory, ["merge-base", "--is-ancestor"], { objects: [a, b] }).then(
    () => true,
    () => false,
  );
}

function parentsOf(parent: string | undefined): readonly string[] {
  return parent === undefined ? [] : [parent];
}
