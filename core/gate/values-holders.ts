// What brings the ConfigMaps and Secrets whose values Flux takes, and sources.
import { holdersFor as holdersOfAll } from "../flux/flux-index.ts";
import type { FluxApplier, FluxReference } from "../flux/flux-object.ts";
import { kustomizationApplied } from "./applied.ts";
import { isBound } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";

/** Whose inventories hold a ConfigMap, a Secret or a source. */
export function holdersFor(view: ClusterView, given: FluxReference): readonly FluxApplier[] {
  return holdersOfAll(view.cluster.flux, given);
}

/** Has it applied X? What comes from elsewhere is as it is. */
export function hasBrought(view: ClusterView, holder: FluxApplier): boolean {
  return !isBound(view, holder) || kustomizationApplied(view, holder).ok;
}
