// Which Flux objects X reaches: what builds from a changed file, and what their inventories lead to.
import { findFlux, nestedIn } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { buildsFromChange } from "./builders.ts";
import { isChanged } from "./changed-identities.ts";
import { oncePerView, type ClusterView } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import { gitChartOf, hasChartChanged, originsOf } from "./git-chart.ts";
import type { Located } from "./inventories.ts";
import { locateChanges } from "./live-objects.ts";

type Nested = {
  readonly found: readonly FluxApplier[];
  /** Named by an inventory, and seen by nobody. */
  readonly missing: readonly FluxReference[];
};

export type Reached = Nested & {
  /** All of the environment counts, whatever X changed. */
  readonly whole: boolean;
  /** What X touched itself: what builds from a changed file, among others. */
  readonly started: ReadonlySet<FluxApplier>;
  /** The same of all that runs the environment. */
  readonly ofEnvironment: Nested;
};

export const reachedObjects = oncePerView((view): Reached => {
  const { name, scope } = view.input.environment;
  const whole = scope === "environment" || view.input.everything === true;
  const ofEnvironment = withNested(view, view.members);
  const start = whole
    ? view.members
    : ofEnvironment.found.filter((object) => !isOfAnother(name, object) && isTouched(view, object));
  const reached = whole ? ofEnvironment : withNested(view, start);
  return { ...reached, whole, started: new Set(start), ofEnvironment };
});

/** Where what X changed is, by the inventories of all that may hold it: all that runs the environment. */
export const locatedChanges = oncePerView((view): Located =>
  locateChanges(view, new Set([...view.members, ...reachedObjects(view).found])),
);

/** Did X change it, what it builds from, or what it refers to? */
export function isTouched(view: ClusterView, object: FluxApplier): boolean {
  return (
    isChanged(view, object) ||
    referredBy(view, object).some((reference) => isChanged(view, reference)) ||
    buildsFrom(view, object)
  );
}

function referredBy(view: ClusterView, object: FluxApplier): readonly FluxReference[] {
  const values = object.kind === "Kustomization" ? object.substituteFrom : object.valuesFrom;
  return [...values, ...originsOf(view, object)];
}

// Its chart included.
function buildsFrom(view: ClusterView, object: FluxApplier): boolean {
  if (buildsFromChange(view, object)) return true;
  const chart = gitChartOf(view, object);
  return chart !== undefined && hasChartChanged(view, chart);
}

function withNested(view: ClusterView, start: readonly FluxApplier[]): Nested {
  const found = new Map(start.map((object) => [fluxKey(object), object]));
  const missing = new Map<string, FluxReference>();
  // Grows while it is walked; a Kustomization may hold itself.
  const queue: FluxApplier[] = [...start];
  for (const object of queue) {
    for (const reference of nestedIn(object)) {
      const key = fluxKey(reference);
      if (found.has(key)) continue;
      const nested = findFlux(view.cluster.flux, reference);
      if (nested?.kind === "Kustomization" || nested?.kind === "HelmRelease") {
        found.set(key, nested);
        queue.push(nested);
      } else missing.set(key, reference);
    }
  }
  return { found: queue, missing: [...missing.values()] };
}
