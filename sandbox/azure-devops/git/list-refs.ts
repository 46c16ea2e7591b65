import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readPackedRefs, readRef } from "./read-ref.ts";
import { runGit } from "./run-git.ts";

export type ListedRef = {
  readonly name: string;
  readonly objectId: string;
  /** The commit of an annotated tag. */
  readonly peeled: string | undefined;
};

const folders = ["refs/heads", "refs/tags", "refs/pull"];

/** Branches, tags and the merges of pull requests, by name. */
export async function listRefs(directory: string): Promise<readonly ListedRef[]> {
  // Loose ones first: git writes a ref to the packed ones before it takes the loose one away.
  const loose = (
    await Promise.all(folders.map((folder) => listFilesBelow(directory, folder)))
  ).flat();
  const packed = await readPackedRefs(directory);
  const names = [...new Set([...loose, ...packed.keys()])].filter((name) =>
    folders.some((folder) => name.startsWith(`${folder}/`)),
  );
  // What an annotated tag is about only its object says.
  if (names.some((name) => name.startsWith("refs/tags/"))) return listByGit(directory);
  const refs = await Promise.all(
    names.sort().map(async (name) => ({
      name,
      objectId: (await readRef(directory, name)) ?? "",
      peeled: undefined,
    })),
  );
  return refs.filter(({ objectId }) => objectId !== "");
}

// A folder may go while it is read: with its last branch.
async function listFilesBelow(directory: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => []);
  const below = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFilesBelow(directory, path);
    return entry.name.endsWith(".lock") ? [] : [path];
  });
  return (await Promise.all(below)).flat();
}

async function listByGit(directory: string): Promise<readonly ListedRef[]> {
  const out = await runGit(directory, [
    "for-each-ref",
    "--format=%(refname) %(objectname) %(*objectname)",
    ...folders,
  ]);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name = "", objectId = "", peeled] = line.split(" ");
      return { name, objectId, peeled: peeled || undefined };
    });
}
