import { fluxPath } from "../../core/flux/roots/file-kustomizations.ts";
import { madeKustomization } from "../../core/flux/roots/made-kustomization.ts";
import type { Kube } from "../../kube/kube.ts";
import type { Root } from "../inputs/contained-files.ts";
import { buildRoots } from "./build-roots.ts";
import type { FolderRoot } from "./folder-roots.ts";

export type PlacedRoot = FolderRoot & {
  /** Of its Flux Kustomization. */
  readonly file?: string;
};

/** One makes another one, which makes another. */
const mostTurns = 4;
const nothing = { objects: [], read: new Set<string>(), unknownVariables: [], problems: [] };

/**
 * What is built of roots, once more where a build makes other Flux Kustomizations of their files;
 * or why Flux' code cannot be had.
 */
export async function buildMade(kube: Kube, root: Root, written: readonly PlacedRoot[]) {
  let roots = written;
  for (let turn = 1; ; turn += 1) {
    const built = roots.length === 0 ? nothing : await buildRoots(kube, root, roots);
    if ("unavailable" in built) return built;
    const made = roots.map((one) => madeOf(one, built.objects));
    if (turn === mostTurns || made.every((one, at) => one === roots[at])) return { built, roots };
    roots = made;
  }
}

function madeOf(root: PlacedRoot, built: Parameters<typeof madeKustomization>[1]): PlacedRoot {
  const { kustomization: object, file } = root;
  if (object === undefined || file === undefined) return root;
  const made = madeKustomization({ object, file }, built);
  if (made === undefined) return root;
  return { ...root, kustomization: made, path: fluxPath(made) || "." };
}
