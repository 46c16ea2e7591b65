import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { readFile } from "../clients/azure-devops/items.ts";
import { readKustomization, type KustomizationReading } from "./kustomization-references.ts";
import { treeReader } from "./read-trees.ts";
import { remember } from "./remember.ts";

// As kustomize looks for it.
export const isKustomization = (path: string) =>
  /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
const atATime = 8;
const mostFiles = 300;

/** A folder at a commit. */
export type KustomizedFolder = {
  /** All files in it and below. */
  readonly files: readonly string[];
  /** By the path of its file. */
  readonly kustomizations: ReadonlyMap<string, KustomizationReading>;
};

export type ReadKustomizations = (
  commit: string,
  folder: string,
  /** Which of the kustomizations there are read; by default all. */
  isWanted?: (path: string) => boolean,
) => Promise<KustomizedFolder>;

/**
 * Reads what the kustomizations in a folder and below do. Files are read once for each content that
 * they ever have.
 */
export function kustomizationReader(ado: AzureDevOps, repo: RepositoryRef): ReadKustomizations {
  const readTree = treeReader(ado, repo);
  const ofBlob = remember<KustomizationReading>();
  return async (commit, folder, isWanted = () => true) => {
    const tree = await readTree(commit, folder);
    const open = tree.filter(({ path }) => isKustomization(path) && isWanted(path));
    const kustomizations = new Map<string, KustomizationReading>();
    for (const { path } of open.splice(mostFiles)) {
      const whole = `more than ${mostFiles} kustomizations lie below ${folder}`;
      kustomizations.set(path, { outside: [], resources: [], whole });
    }
    while (open.length > 0) {
      const some = open.splice(0, atATime).map(async ({ path, blob }) => {
        const reading = await ofBlob(`${path}:${blob}`, async () => {
          const text = await readFile(ado, { repo, commit, path, blob });
          return readKustomization(text ?? "", path);
        });
        kustomizations.set(path, reading);
      });
      await Promise.all(some);
    }
    return { files: tree.map(({ path }) => path), kustomizations };
  };
}
