import type { CommitFiles } from "../core/merge/flux-roots.ts";
import { readBlobsInCheckout, runGitInCheckout } from "./git-objects.ts";
import { filesUpTo } from "./tree-listing.ts";

/** Larger files are no manifests. */
const maxBytes = 4 * 1024 * 1024;

/**
 * The text files of a commit of a checkout; links, submodules and what is no UTF-8 are left out, as
 * Flux' source-controller leaves the first two out.
 */
export async function readFilesAt(folder: string, commit: string): Promise<CommitFiles> {
  const args = ["ls-tree", "-r", "-l", "-z", "--full-tree", commit];
  const listed = (await runGitInCheckout(folder, args)).toString("utf8");
  const entries = filesUpTo(maxBytes, listed);
  const contents = await readBlobsInCheckout(
    folder,
    entries.map(({ id }) => id),
  );
  const texts = entries.flatMap(({ path }, at): readonly (readonly [string, string])[] => {
    const text = textOf(contents[at] ?? Buffer.alloc(0));
    return text === undefined ? [] : [[path, text]];
  });
  return new Map(texts);
}

/** Files that differ between two commits; a renamed one is two. */
export async function readChangedBetween(
  folder: string,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<readonly string[]> {
  const args = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", before, after];
  const listed = await runGitInCheckout(folder, args);
  return listed
    .toString("utf8")
    .split("\0")
    .filter((path) => path !== "");
}

/** The id of a revision; undefined where this clone does not have it. */
export async function resolveRevision(folder: string, name: string): Promise<string | undefined> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
    return (await runGitInCheckout(folder, args)).toString("utf8").trim();
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
