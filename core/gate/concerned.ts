import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { parentsOf } from "./bringers.ts";
import { broughtAlong } from "./brought-along.ts";
import { buildersOf } from "./builders.ts";
import { isChanged } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";
import { oncePerView } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import { isTouched, reachedObjects } from "./reached.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/** A Flux object that the gate looks at for X. */
export type Concerned = {
  readonly object: FluxApplier;
  /**
   * X changed it, what it builds from, or what it refers to. What was only reached by an inventory
   * is looked at, but its own failures are noted and do not hold the run.
   */
  readonly touched: boolean;
  /** X changed its own manifest. */
  readonly own: boolean;
  /** X may have made another of it, by what brings it. */
  readonly brought: boolean;
  /** Kustomizations on this branch whose inventories hold it. */
  readonly parents: readonly Kustomization[];
};

export type ConcernedObjects = {
  readonly concerned: readonly Concerned[];
  readonly missing: readonly FluxReference[];
};

/**
 * The Flux objects of the environment that build from a changed file, and what their inventories
 * lead to; with `scope: environment` all of the environment. What an object of the environment
 * applies is of the environment, unless it is labelled for another. `missing` are those that an
 * inventory names and nobody has seen.
 */
export const concernedObjects = oncePerView((view): ConcernedObjects => {
  const { name } = view.input.environment;
  const { whole, started, found, missing, ofEnvironment } = reachedObjects(view);
  const brought = broughtAlong(view);
  // Whose files are as they were, in what X did not reach.
  const others = ofEnvironment.found.filter(
    (object) => brought.has(fluxKey(object)) && !found.includes(object),
  );
  const concerned = [...found, ...others]
    .filter((object) => !(view.input.everything === true && isOfAnother(name, object)))
    .map((object) => ({
      object,
      own: isChanged(view, object),
      brought: brought.has(fluxKey(object)),
      touched:
        whole || started.has(object) || brought.has(fluxKey(object)) || isTouched(view, object),
      parents: parentsOf(view, object),
    }));
  const named = missing.filter(
    (reference) => whole || brought.has(fluxKey(reference)) || isChanged(view, reference),
  );
  const unseen = hasUnbuilt(view)
    ? ofEnvironment.missing.filter(({ kind }) => kind === "Kustomization")
    : [];
  return { concerned, missing: [...new Set([...named, ...unseen])] };
});

// A list of what is built that nobody builds: one that was not seen may.
function hasUnbuilt(view: ClusterView): boolean {
  return view.changed.some(
    ({ path }) => isKustomizationPath(path) && buildersOf(view, path).length === 0,
  );
}

/** Did X change an object that a HelmRelease takes values from? */
export function valuesChanged(view: ClusterView, object: FluxApplier): boolean {
  return (
    object.kind === "HelmRelease" &&
    object.valuesFrom.some((reference) => isChanged(view, reference))
  );
}
