import { fluxPath } from "../../core/flux/roots/file-kustomizations.ts";
import { madeKustomization } from "../../core/flux/roots/made-kustomization.ts";
import type { FluxRoot } from "../../core/merge/flux-roots.ts";
import type { Kube } from "../../kube/kube.ts";
import { type BuiltRoot, buildRoot, type Commit } from "./build-root.ts";

/** One makes another one, which makes another. */
const mostTurns = 4;

/**
 * What Flux would apply of the paths of one cluster. A Flux Kustomization is built as the build that
 * brings it makes it: patches and variables around it are part of what it says.
 */
export async function buildAll(
  roots: readonly FluxRoot[],
  commit: Commit,
  kube: Kube,
): Promise<readonly BuiltRoot[]> {
  // One after another: the module builds one thing at a time.
  const built: BuiltRoot[] = [];
  for (const root of roots) built.push(await buildRoot(root, commit, kube));
  const current = [...roots];
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const made = current.map((root) => madeOf(root, built));
    if (made.every((root, at) => root === current[at])) break;
    for (const [at, root] of made.entries()) {
      if (root === current[at]) continue;
      current[at] = root;
      built[at] = await buildRoot(root, commit, kube);
    }
  }
  return built;
}

function madeOf(root: FluxRoot, built: readonly BuiltRoot[]): FluxRoot {
  const { kustomization: object, file } = root;
  if (object === undefined || file === undefined) return root;
  const made = madeKustomization(
    { object, file },
    built.flatMap(({ objects }) => objects),
  );
  return made === undefined ? root : { ...root, kustomization: made, path: fluxPath(made) };
}
