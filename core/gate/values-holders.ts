// What brings the ConfigMaps and Secrets whose values Flux takes.
import { holdersOf } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference } from "../flux/flux-object.ts";
import { kustomizationApplied } from "./applied.ts";
import { isBound } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";

/** Whose inventories hold a ConfigMap or Secret. */
export function holdersFor(view: ClusterView, values: FluxReference): readonly FluxApplier[] {
  const identity = { group: "", version: "v1", ...values };
  return holdersOf(view.cluster.flux, identity)
    .filter(({ entry }) => entry.namespace === values.namespace)
    .map(({ applier }) => applier);
}

/** Has it applied X? What comes from elsewhere is as it is. */
export function hasBrought(view: ClusterView, holder: FluxApplier): boolean {
  return !isBound(view, holder) || kustomizationApplied(view, holder).ok;
}
