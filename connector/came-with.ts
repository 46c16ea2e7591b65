// Where no ownership index tells what X is about: all that came to the branch with it, not the last
// of several commits alone (design.md 4.6, "Changed").
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { readChangedPaths } from "../clients/azure-devops/diffs.ts";
import { listPushes } from "../clients/azure-devops/pushes.ts";
import type { FileChange } from "../core/azure-devops/types.ts";
import type { Answer } from "../core/gate/gate-input.ts";
import { remember } from "./remember.ts";

export type CameWith = {
  /** What the branch was before. */
  readonly before: string;
  readonly changes: readonly FileChange[];
};

// Pushes to a branch of which one may have brought X.
const looksBack = 100;
const mostFiles = 50_000;

/**
 * Asks what came with a commit.
 * @param ask.onto what the branch was, where a pull request says so
 * @returns undefined where nobody knows what the branch was before
 */
export function cameWithReader(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly branch: string;
    readonly contains: (commit: string, descendant: string) => Promise<Answer>;
  },
): (commit: string, onto?: string) => Promise<CameWith | undefined> {
  const { repo, branch, contains } = of;
  const known = remember<CameWith | undefined>({
    mostEntries: mostFiles,
    entriesOf: (answer) => answer?.changes.length ?? 0,
    isFinal: (answer) => answer !== undefined,
  });

  async function oldHead(commit: string): Promise<string | undefined> {
    const ref = `refs/heads/${branch}`;
    const pushes = await listPushes(ado, { repo, ref, top: looksBack, withRefUpdates: true });
    return pushes
      .flatMap(({ refUpdates }) => refUpdates ?? [])
      .find(({ name, newObjectId }) => name === ref && newObjectId === commit)?.oldObjectId;
  }

  return (commit, onto) =>
    known(`${commit}:${onto ?? ""}`, async () => {
      const before = onto ?? (await oldHead(commit));
      // The branch was made by that push, or rewritten.
      if (before === undefined || /^0+$/.test(before)) return undefined;
      if ((await contains(before, commit)) !== "yes") return undefined;
      return {
        before,
        changes: await readChangedPaths(ado, { repo, base: before, target: commit }),
      };
    });
}
