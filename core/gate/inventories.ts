// What the inventories of a cluster hold of what is judged.
import { holdersOf } from "../flux/flux-index.ts";
import type { FluxApplier, Kustomization } from "../flux/flux-object.ts";
import type { Identity } from "../manifests/identity.ts";
import { kustomizationApplied } from "./applied.ts";
import type { ClusterView } from "./cluster-view.ts";

/** An object that is judged, as an inventory holds it. */
export type Present = {
  readonly state: "present";
  readonly identity: Identity;
  /** Whose inventory holds it. */
  readonly applier: FluxApplier;
  /** A file of X made it what it is; only such objects fail the run. */
  readonly touched: boolean;
};

export type LiveObject =
  Present | { readonly state: "absent"; readonly identity: Identity; readonly why: string };

/** What is judged whole, and why, in plain words. */
export type Whole = { readonly applier: FluxApplier; readonly why: string };

export type Located = {
  readonly live: readonly LiveObject[];
  readonly whole: readonly Whole[];
  /** Files that change nothing, and why. */
  readonly notes: readonly string[];
};

/** Entries of all inventories that are this object. */
export function entriesFor(view: ClusterView, wanted: Identity): readonly Present[] {
  return holdersOf(view.cluster.flux, wanted)
    .filter(({ entry }) => isSameObject(entry, wanted))
    .map(({ entry, applier }) => ({ state: "present", identity: entry, applier, touched: true }));
}

/** All of X is applied, and what it applied is written down: what is not there will not come. */
export function cannotAppear(view: ClusterView, k: Kustomization): boolean {
  return k.inventory.length > 0 && kustomizationApplied(view, k).ok;
}

/** An empty namespace fits any: the file leaves it open, or the kind has none. */
export function isSameObject(entry: Identity, wanted: Identity): boolean {
  return (
    entry.kind === wanted.kind &&
    entry.group === wanted.group &&
    entry.name === wanted.name &&
    (entry.namespace === wanted.namespace || wanted.namespace === "" || entry.namespace === "")
  );
}
