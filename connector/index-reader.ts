import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listExistingTree, readFile } from "../clients/azure-devops/items.ts";
import type { FileChange } from "../core/azure-devops/types.ts";
import { freezePath } from "../core/freeze/freeze.ts";
import {
  indexPath,
  inFolder,
  parseOwnershipIndex,
  type OwnershipIndex,
} from "../core/render/ownership-index.ts";
import { followTrees } from "./follow-trees.ts";
import { remember } from "./remember.ts";

// Files of all indexes that are remembered: some hundred bytes each.
const mostOwned = 50_000;

/** Ownership indexes of environments' folders at commits, and what lies beside them. */
export type IndexReader = {
  readonly index: (
    commit: string,
    folder: string,
    delivery: string,
  ) => Promise<OwnershipIndex | undefined>;
  /** Names of the deliveries that have an index in the folder. */
  readonly deliveries: (commit: string, folder: string) => Promise<readonly string[]>;
  /** Text of the folder's freeze file; undefined where there surely is none. */
  readonly freeze: (commit: string, folder: string) => Promise<string | undefined>;
};

export function indexReader(
  ado: AzureDevOps,
  repo: RepositoryRef,
  differing: (base: string, target: string) => Promise<ReadonlyMap<string, FileChange>>,
): IndexReader {
  const indexes = remember<OwnershipIndex | undefined>({
    mostEntries: mostOwned,
    entriesOf: (index) => Object.keys(index?.files ?? {}).length,
    isFinal: (index) => index !== undefined,
  });
  const freezes = remember<string | undefined>({ isFinal: (text) => text !== undefined });
  const listed = remember<ReadonlyMap<string, string>>();
  const list = followTrees(
    async (commit, path) => ({
      files: await listExistingTree(ado, { repo, commit, path, recursive: false }),
      isSure: true,
    }),
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
    freeze: async (commit, folder) => {
      const path = inFolder(folder, freezePath);
      const files = await list(commit, inFolder(folder, ".fluxgate"));
      const blob = files.find((file) => file.path === path)?.blob;
      if (blob === undefined) return undefined;
      return freezes(`${path}:${blob}`, () => readFile(ado, { repo, commit, path, blob }));
    },
  };
}
