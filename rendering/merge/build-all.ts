import { fluxPath } from "../../core/flux/roots/file-kustomizations.ts";
import type { FluxRoot } from "../../core/merge/flux-roots.ts";
import type { Kube } from "../../kube/kube.ts";
import { buildAsMade } from "../build-as-made.ts";
import { type BuiltRoot, buildRoot, type Commit } from "./build-root.ts";

/**
 * What Flux would apply of the paths of one cluster. A Flux Kustomization is built as the build that
 * brings it makes it.
 */
export async function buildAll(
  written: readonly FluxRoot[],
  commit: Commit,
  kube: Kube,
): Promise<readonly BuiltRoot[]> {
  const known = new Map<FluxRoot, BuiltRoot>();
  const { built } = await buildAsMade<FluxRoot, readonly BuiltRoot[]>(written, {
    build: async (roots) => {
      // One after another: the module builds one thing at a time.
      const all: BuiltRoot[] = [];
      for (const root of roots) {
        const one = known.get(root) ?? (await buildRoot(root, commit, kube));
        known.set(root, one);
        all.push(one);
      }
      return all;
    },
    objectsOf: (all) => all.flatMap(({ objects }) => objects),
    place: (root, kustomization) => ({ ...root, kustomization, path: fluxPath(kustomization) }),
  });
  return built;
}
