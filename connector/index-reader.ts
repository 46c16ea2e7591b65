import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listExistingTree, readFile } from "../clients/azure-devops/items.ts";
import type { FileChange } from "../core/azure-devops/types.ts";
import {
  indexPath,
  inFolder,
  parseOwnershipIndex,
  type OwnershipIndex,
} from "../core/render/ownership-index.ts";
import { followTrees } from "./follow-trees.ts";
import { remember } from "./remember.ts";

/** Ownership indexes of environments' folders at commits. */
export type IndexReader = {
  readonly index: (
    commit: string,
    folder: string,
    delivery: string,
  ) => Promise<OwnershipIndex | undefined>;
  /** Names of the deliveries that have an index in the folder. */
  readonly deliveries: (commit: string, folder: string) => Promise<readonly string[]>;
};

export function indexReader(
  ado: AzureDevOps,
  repo: RepositoryRef,
  differing: (base: string, target: string) => Promise<ReadonlyMap<string, FileChange>>,
): IndexReader {
  const indexes = remember<OwnershipIndex | undefined>({
    most: 2_000,
    isFinal: (index) => index !== undefined,
  });
  const listed = remember<ReadonlyMap<string, string>>();
  const list = followTrees(
    (commit, path) => listExistingTree(ado, { repo, commit, path, recursive: false }),
    differing,
  );

  // By delivery, the blob of its index.
  const indexesIn = (commit: string, folder: string) =>
    listed(`${commit}:${folder}`, async () => {
      const path = inFolder(folder, ".fluxgate");
      const found = (await list(commit, path)).flatMap(({ path: file, blob }) => {
        // Beside them lie `<delivery>.hold.json` and `freeze.json`.
        const name = /^([^/.]+)\.json$/.exec(file.slice(path.length + 1))?.[1];
        return name === undefined || name === "freeze" ? [] : [[name, blob] as const];
      });
      return new Map(found);
    });

  return {
    index: async (commit, folder, delivery) => {
      const blob = (await indexesIn(commit, folder)).get(delivery);
      if (blob === undefined) return undefined;
      const path = inFolder(folder, indexPath(delivery));
      return indexes(`${path}:${blob}`, async () => {
        const text = await readFile(ado, { repo, commit, path, blob });
        return text === undefined ? undefined : parseOwnershipIndex(text, path).index;
      });
    },
    deliveries: async (commit, folder) => [...(await indexesIn(commit, folder)).keys()],
  };
}
