import type { FluxApplier, FluxReference, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { findFlux } from "../flux/source-binding.ts";
import type { Identity } from "../manifests/identity.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBound, isUnder } from "./cluster-view.ts";
import { isOfAnother } from "./environment-members.ts";
import { gitChartOf } from "./git-chart.ts";
import { appliedIdentity, buildersOf } from "./live-objects.ts";

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
  /** Kustomizations on this branch whose inventories hold it. */
  readonly parents: readonly Kustomization[];
};

/**
 * The Flux objects of the environment that build from a changed file, and what their inventories
 * lead to; with `scope: environment` all of the environment. What an object of the environment
 * applies is of the environment, unless it is labelled for another. `missing` are those that an
 * inventory names and nobody has seen.
 */
export function concernedObjects(view: ClusterView): {
  readonly concerned: readonly Concerned[];
  readonly missing: readonly FluxReference[];
} {
  const { name, scope } = view.input.environment;
  const whole = scope === "environment";
  const start = whole
    ? view.members
    : withNested(view, view.members).found.filter(
        (object) => !isOfAnother(name, object) && buildsFromChange(view, object),
      );
  const { found, missing } = withNested(view, start);
  const changed = changedIdentities(view);
  const concerned = found.map((object) => ({
    object,
    own: names(changed, object),
    touched: whole || start.includes(object) || isTouched(view, object, changed),
    parents: parentsOf(view, object),
  }));
  return {
    concerned,
    missing: missing.filter((reference) => whole || names(changed, reference)),
  };
}

function withNested(
  view: ClusterView,
  start: readonly FluxApplier[],
): { readonly found: readonly FluxApplier[]; readonly missing: readonly FluxReference[] } {
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

function buildsFromChange(view: ClusterView, object: FluxApplier): boolean {
  const chart = gitChartOf(view, object);
  return view.changed.some(
    (file) =>
      buildersOf(view, file, [object]).length > 0 ||
      (chart !== undefined && isUnder(file.path, chart.path)),
  );
}

function nestedIn({ inventory }: FluxApplier): readonly FluxReference[] {
  return inventory.filter(
    ({ kind, group }) =>
      (kind === "Kustomization" && group === "kustomize.toolkit.fluxcd.io") ||
      (kind === "HelmRelease" && group === "helm.toolkit.fluxcd.io"),
  );
}

function parentsOf(view: ClusterView, object: FluxApplier): readonly Kustomization[] {
  const key = fluxKey(object);
  return view.cluster.flux
    .filter((one) => one.kind === "Kustomization")
    .filter((one) => isBound(view, one) && fluxKey(one) !== key)
    .filter((one) => nestedIn(one).some((reference) => fluxKey(reference) === key));
}

/** The objects of changed files under the names that they may have in the cluster. */
export function changedIdentities(view: ClusterView): readonly Identity[] {
  const everywhere = view.cluster.flux.filter((object) => object.kind === "Kustomization");
  return view.changed.flatMap((file) => {
    const builders = buildersOf(view, file, everywhere);
    return file.identities.flatMap((identity) => [
      identity,
      ...builders.map((k) => appliedIdentity(identity, k)),
    ]);
  });
}

function isTouched(view: ClusterView, object: FluxApplier, changed: readonly Identity[]): boolean {
  return (
    names(changed, object) ||
    referredBy(object).some((reference) => names(changed, reference)) ||
    buildsFromChange(view, object)
  );
}

function referredBy(object: FluxApplier): readonly FluxReference[] {
  if (object.kind === "Kustomization") return [object.source, ...object.substituteFrom];
  const { chart, chartRef, valuesFrom } = object;
  return [...valuesFrom, ...(chart ? [chart.source] : []), ...(chartRef ? [chartRef] : [])];
}

/** Did X change an object that a HelmRelease takes values from? */
export function valuesChanged(view: ClusterView, object: FluxApplier): boolean {
  if (object.kind !== "HelmRelease" || object.valuesFrom.length === 0) return false;
  const changed = changedIdentities(view);
  return object.valuesFrom.some((reference) => names(changed, reference));
}

function names(changed: readonly Identity[], reference: FluxReference): boolean {
  return changed.some(
    ({ kind, namespace, name }) =>
      kind === reference.kind &&
      name === reference.name &&
      (namespace === "" || namespace === reference.namespace),
  );
}
