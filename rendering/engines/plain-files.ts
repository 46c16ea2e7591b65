import { readKustomization } from "../../core/diff/tree/kustomization.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import type { StepContext } from "../step-context.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

/** YAML and JSON files of a file or folder, with the kustomizations that nobody builds here. */
export function plainFiles({ checkout, expand }: StepContext, path: string): readonly string[] {
  return filesUnder(checkout, expand(path)).filter(
    (file) => isManifest(file) || isKustomizationPath(file),
  );
}

/** YAML and JSON files, without those that only tell kustomize what to do. */
export function isManifest(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !isKustomizationPath(path);
}

/** Says of kustomizations among the files what this step leaves undone. */
export function warnOfUnbuilt(
  files: readonly string[],
  engine: string,
  { app, copy, warn }: StepContext,
): void {
  for (const path of files.filter(isKustomizationPath)) {
    const found = readKustomization({ path, text: copy.read(path) });
    if ("problem" in found) continue;
    const { changing, namespace } = found.read;
    const does = [...(namespace === undefined ? [] : ["namespace"]), ...changing];
    if (does.length === 0) continue;
    warn(
      `app ${app.name}: ${path} does more than list files (${does.join(", ")}), and a ${engine} step does not build it: a kustomize step does`,
    );
  }
}
