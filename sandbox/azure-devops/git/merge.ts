import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commitTree } from "./objects.ts";
import { runGit, GitFailure, type Author } from "./run-git.ts";

export type Strategy = "noFastForward" | "squash" | "rebase" | "rebaseMerge";

export type Merge = {
  readonly source: string;
  readonly target: string;
  readonly strategy: Strategy;
  readonly message: string;
  readonly author: Author;
};

/** The commit that completing would put on the target; undefined when the branches conflict. */
export async function merge(directory: string, wanted: Merge): Promise<string | undefined> {
  const { source, target, strategy, message, author } = wanted;
  switch (strategy) {
    case "noFastForward":
    case "squash": {
      const tree = await mergeTree(directory, target, source);
      if (!tree) return undefined;
      const parents = strategy === "squash" ? [target] : [target, source];
      return commitTree(directory, { tree, parents, message, author });
    }
    case "rebase":
      return rebase(directory, wanted);
    case "rebaseMerge": {
      const rebased = await rebase(directory, wanted);
      if (!rebased) return undefined;
      const tree = (await runGit(directory, ["rev-parse", `${rebased}^{tree}`])).trim();
      return commitTree(directory, { tree, parents: [target, rebased], message, author });
    }
  }
}

async function mergeTree(directory: string, a: string, b: string): Promise<string | undefined> {
  // Exit code 1 means conflicts; the tree's id is the first line.
  const out = await runGit(directory, ["merge-tree", "--write-tree", a, b]).catch(() => "");
  return out.split("\n")[0] || undefined;
}

/** The files that both sides changed in ways that git cannot put together. */
export async function findConflictingPaths(
  directory: string,
  a: string,
  b: string,
): Promise<readonly string[]> {
  const args = ["merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", a, b];
  const out = await runGit(directory, args).catch((error: unknown) => {
    if (error instanceof GitFailure && error.exitCode === 1) return error.stdout;
    throw error;
  });
  // The tree's id comes first; without conflicts nothing follows.
  return [...new Set(out.split("\0").slice(1).filter(Boolean))];
}

async function rebase(directory: string, wanted: Merge): Promise<string | undefined> {
  const { source, target, author } = wanted;
  const folder = await mkdtemp(join(tmpdir(), "fluxgate-rebase-"));
  try {
    await runGit(directory, ["worktree", "add", "--quiet", "--detach", folder, source]);
    await runGit(folder, ["rebase", "--quiet", target], { author });
    return (await runGit(folder, ["rev-parse", "HEAD"])).trim();
  } catch {
    return undefined;
  } finally {
    await runGit(directory, ["worktree", "remove", "--force", folder]).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}
