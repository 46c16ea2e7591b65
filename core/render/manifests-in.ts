import { isKustomizationPath } from "../manifests/kustomization-file.ts";

type File = { readonly path: string; readonly text: string };

/** The files that hold objects: YAML and JSON, without what only tells kustomize what to do. */
export function manifestsIn(files: readonly File[]): readonly File[] {
  return files
    .filter(({ path }) => /\.(ya?ml|json)$/.test(path) && !isKustomizationPath(path))
    .map(({ path, text }) => ({ path, text }));
}
