import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listTree, readFile } from "../clients/azure-devops/items.ts";
import { outsideReferences } from "./kustomization-references.ts";
import { remember } from "./remember.ts";

// As kustomize looks for it.
const isKustomization = (path: string) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
const atATime = 8;
const mostFiles = 300;

/**
 * Asks what the kustomizations in a folder and below take from outside of their folders. Files are
 * read once for each content that they ever have.
 */
export function kustomizationReader(ado: AzureDevOps, repo: RepositoryRef) {
  const ofTree = remember<readonly string[]>();
  const ofBlob = remember<readonly string[]>();
  return (commit: string, folder: string): Promise<readonly string[]> =>
    ofTree(`${commit}:${folder}`, async () => {
      const tree = await listTree(ado, { repo, commit, path: folder, recursive: true });
      const files = tree.filter(({ path }) => isKustomization(path)).slice(0, mostFiles);
      const found = new Set<string>();
      while (files.length > 0) {
        const some = files.splice(0, atATime).map(({ path, blob }) =>
          ofBlob(`${path}:${blob}`, async () => {
            const text = await readFile(ado, { repo, commit, path, blob });
            return text === undefined ? [] : outsideReferences(text, path);
          }),
        );
        for (const references of await Promise.all(some)) {
          for (const one of references) found.add(one);
        }
      }
      return [...found];
    });
}
