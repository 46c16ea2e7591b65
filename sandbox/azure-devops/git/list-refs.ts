import { git } from "./run-git.ts";

export type ListedRef = {
  readonly name: string;
  readonly objectId: string;
  /** The commit of an annotated tag. */
  readonly peeled: string | undefined;
};

/** Branches, tags and the merges of pull requests, by name. */
export async function listRefs(directory: string): Promise<readonly ListedRef[]> {
  const out = await git(directory, [
    "for-each-ref",
    "--format=%(refname) %(objectname) %(*objectname)",
    "refs/heads",
    "refs/tags",
    "refs/pull",
  ]);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name = "", objectId = "", peeled] = line.split(" ");
      return { name, objectId, peeled: peeled || undefined };
    });
}
