import type { FluxApplier } from "../flux/flux-object.ts";
import { kustomizationApplied } from "./applied.ts";
import { isBound } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";

/** Has what brings values or a source applied X? What comes from elsewhere is as it is. */
export function hasBrought(view: ClusterView, holder: FluxApplier): boolean {
  return !isBound(view, holder) || kustomizationApplied(view, holder).ok;
}
