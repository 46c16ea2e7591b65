// What is asked of a cluster's objects again and again, found once for each list of them.
import type { Identity } from "../manifests/identity.ts";
import { onceFor } from "../once-for.ts";
import type { FluxApplier, FluxObject, FluxReference, Kustomization } from "./flux-object.ts";
import { fluxKey } from "./flux-object.ts";

/** The same list gives the same index: who changes an object makes another list. */
export type FluxIndex = {
  /** By `fluxKey`. */
  readonly byKey: ReadonlyMap<string, FluxObject>;
  readonly kustomizations: readonly Kustomization[];
  /** Key of an applier → the Kustomizations whose inventories hold it. */
  readonly parents: ReadonlyMap<string, readonly Kustomization[]>;
};

export const fluxIndex = onceFor((objects: readonly FluxObject[]): FluxIndex => {
  const kustomizations = objects.filter((object) => object.kind === "Kustomization");
  const parents = new Map<string, Kustomization[]>();
  for (const parent of kustomizations) {
    for (const child of nestedIn(parent)) addTo(parents, fluxKey(child), parent);
  }
  const byKey = new Map<string, FluxObject>();
  // The first of a name counts, as a search from the start would find it.
  for (const object of objects) {
    const key = fluxKey(object);
    if (!byKey.has(key)) byKey.set(key, object);
  }
  return { byKey, kustomizations, parents };
});

/** Finds the object that a reference names among those watched. */
export function findFlux(
  objects: readonly FluxObject[],
  reference: FluxReference,
): FluxObject | undefined {
  return fluxIndex(objects).byKey.get(fluxKey(reference));
}

/** An entry of an inventory, and whose it is. */
export type Held = { readonly applier: FluxApplier; readonly entry: Identity };

/** Entries of all inventories with this type and name, in whatever namespace. */
export function holdersOf(objects: readonly FluxObject[], of: Identity): readonly Held[] {
  return heldBy(objects).get(nameKey(of)) ?? [];
}

/** Whose inventories hold a source, or a ConfigMap or Secret that values are taken from. */
export function holdersFor(
  objects: readonly FluxObject[],
  given: FluxReference,
): readonly FluxApplier[] {
  const isValues = given.kind === "ConfigMap" || given.kind === "Secret";
  const group = isValues ? "" : "source.toolkit.fluxcd.io";
  return holdersOf(objects, { group, version: "v1", ...given })
    .filter(({ entry }) => entry.namespace === given.namespace)
    .map(({ applier }) => applier);
}

const heldBy = onceFor((objects: readonly FluxObject[]): ReadonlyMap<string, readonly Held[]> => {
  const byName = new Map<string, Held[]>();
  for (const applier of objects) {
    if (applier.kind !== "Kustomization" && applier.kind !== "HelmRelease") continue;
    for (const [key, held] of heldOf(applier)) addTo(byName, key, held);
  }
  return byName;
});

// Of many only one has changed where the list is another.
const heldOf = onceFor((applier: FluxApplier) =>
  applier.inventory.map((entry) => [nameKey(entry), { applier, entry }] as const),
);

/**
 * The Kustomizations and HelmReleases of this cluster that an inventory holds. What lives in another
 * cluster is none of this one's objects, whatever its name.
 */
export const nestedIn = onceFor((object: FluxApplier): readonly FluxReference[] =>
  object.kubeConfig === undefined ? object.inventory.filter(isApplier) : [],
);

export type Nested = {
  readonly found: readonly FluxApplier[];
  /** Named by an inventory, and seen by nobody. */
  readonly missing: readonly FluxReference[];
};

/** Appliers, and what their inventories lead to, however deep. */
export function withNested(objects: readonly FluxObject[], start: readonly FluxApplier[]): Nested {
  const found = new Map(start.map((object) => [fluxKey(object), object]));
  const missing = new Map<string, FluxReference>();
  // Grows while it is walked; a Kustomization may hold itself.
  const queue: FluxApplier[] = [...start];
  for (const object of queue) {
    for (const reference of nestedIn(object)) {
      const key = fluxKey(reference);
      if (found.has(key)) continue;
      const nested = findFlux(objects, reference);
      if (nested?.kind === "Kustomization" || nested?.kind === "HelmRelease") {
        found.set(key, nested);
        queue.push(nested);
      } else missing.set(key, reference);
    }
  }
  return { found: queue, missing: [...missing.values()] };
}

/** What an applier takes its files or its chart from. */
export function sourcesOf(object: FluxApplier): readonly FluxReference[] {
  if (object.kind === "Kustomization") return [object.source];
  return [object.chart?.source, object.chartRef].filter((one) => one !== undefined);
}

export function isApplier({ kind, group }: Pick<Identity, "kind" | "group">): boolean {
  return (
    (kind === "Kustomization" && group === "kustomize.toolkit.fluxcd.io") ||
    (kind === "HelmRelease" && group === "helm.toolkit.fluxcd.io")
  );
}

function nameKey({ group, kind, name }: Identity): string {
  return `${group}/${kind}/${name}`;
}

/** Adds to the list that a map holds under a key. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
