// What brings the Flux objects of the environment without being one of them: a cluster's own
// Kustomization, which nobody assigned. It gates nothing, yet X may make others of them by it.
import { fluxIndex } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound, oncePerView } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import type { Whole } from "./inventories.ts";
import { locateUntold } from "./live-objects.ts";
import { reachedObjects } from "./reached.ts";

/** Kustomizations on this branch whose inventories hold it. */
export function parentsOf(view: ClusterView, object: FluxReference): readonly Kustomization[] {
  const parents = fluxIndex(view.cluster.flux).parents.get(fluxKey(object)) ?? [];
  return parents.filter((one) => isBound(view, one) && one !== object);
}

/** Those that bring what runs the environment, and what brings them, without being of it. */
export const bringersOf = oncePerView((view): ReadonlySet<Kustomization> => {
  const own: ReadonlySet<FluxApplier> = new Set(reachedObjects(view).ofEnvironment.found);
  const bringers = new Set<Kustomization>();
  // Grows while it is walked; a Kustomization may hold itself.
  const queue: FluxApplier[] = [...own].filter(
    (object) => !isOfAnother(view.input.environment.name, object),
  );
  for (const object of queue) {
    for (const parent of parentsOf(view, object)) {
      if (own.has(parent) || bringers.has(parent)) continue;
      bringers.add(parent);
      queue.push(parent);
    }
  }
  return bringers;
});

/**
 * What brings the environment's Flux objects, and of which no file tells what X makes of it: where X
 * changed files of its own, or files around the environment.
 */
export const untoldBringers = oncePerView((view): readonly Whole[] => {
  const bringers = bringersOf(view);
  const { above, changed } = view;
  const all = new Set<FluxApplier>([...reachedObjects(view).ofEnvironment.found, ...bringers]);
  const found = [
    ...(bringers.size === 0 ? [] : locateUntold(view, bringers, changed)),
    ...(above.length === 0 ? [] : locateUntold(view, all, above)),
  ];
  return [...new Map(found.map((one) => [one.applier, one])).values()];
});
