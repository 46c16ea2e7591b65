// Which Flux objects X reaches: what builds from a changed file, and what their inventories lead to.
import { withNested, type Nested } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference } from "../flux/flux-object.ts";
import { buildsFromChange } from "./builders.ts";
import { isChanged } from "./changed-identities.ts";
import { oncePerView, type ClusterView } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import { gitChartOf, hasChartChanged, originsOf } from "./git-chart.ts";
import type { Located } from "./inventories.ts";
import { locateChanges } from "./live-objects.ts";

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
  const ofEnvironment = withNested(view.cluster.flux, view.members);
  const start = whole
    ? view.members
    : ofEnvironment.found.filter((object) => !isOfAnother(name, object) && isTouched(view, object));
  const reached = whole ? ofEnvironment : withNested(view.cluster.flux, start);
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
