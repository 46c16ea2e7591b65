import { fluxPath } from "../../core/flux/roots/file-kustomizations.ts";
import type { Kube } from "../../kube/kube.ts";
import { buildAsMade } from "../build-as-made.ts";
import type { Root } from "../inputs/contained-files.ts";
import { type BuiltRoots, rootBuilder } from "./build-roots.ts";
import type { FolderRoot } from "./folder-roots.ts";

export type PlacedRoot = FolderRoot & {
  /** Of its Flux Kustomization. */
  readonly file?: string;
};

type Built = BuiltRoots | { readonly unavailable: string };

const nothing: BuiltRoots = {
  ...{ objects: [], read: new Set<string>(), unknownVariables: [], problems: [] },
  notBuilt: new Map<number, string>(),
  tooLarge: [],
};

/**
 * What is built of roots, each Flux Kustomization as the builds make it; or why Flux' code cannot be
 * had.
 */
export async function buildMade(
  kube: Kube,
  root: Root,
  written: readonly PlacedRoot[],
): Promise<
  | { readonly built: BuiltRoots; readonly roots: readonly PlacedRoot[] }
  | { readonly unavailable: string }
> {
  const build = written.length === 0 ? () => Promise.resolve(nothing) : rootBuilder(kube, root);
  const { built, roots } = await buildAsMade<PlacedRoot, Built>(written, {
    build,
    objectsOf: (all) => ("unavailable" in all ? [] : all.objects),
    place: (one, kustomization) => {
      return { ...one, kustomization, path: fluxPath(kustomization) || "." };
    },
  });
  return "unavailable" in built ? built : { built, roots };
}
