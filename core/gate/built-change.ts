// Where files and objects do not map one to one, Flux' own build tells what X changed.
import type { Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { BuiltChange } from "./gate-input.ts";

type Exact = Extract<BuiltChange, { readonly kind: "built" }>;

/** What the build said of a Kustomization, whatever it is worth; undefined where none was asked. */
export function builtChange(view: ClusterView, k: Kustomization): BuiltChange | undefined {
  const { built = {} } = view.cluster;
  const key = fluxKey(k);
  return Object.hasOwn(built, key) ? built[key] : undefined;
}

/** The same where there is an answer. */
export function exactly(view: ClusterView, k: Kustomization): Exact | undefined {
  const built = builtChange(view, k);
  return built?.kind === "built" ? built : undefined;
}
