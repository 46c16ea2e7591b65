import { pathMatcher } from "../artefact/path-pattern.ts";
import type { FluxApplier, FluxObject } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";

/** The label that puts a Kustomization or HelmRelease into an environment. */
const environmentLabel = "fluxgate.dev/environment";

/** Is an object labelled as one of another environment? */
export function isOfAnother(environment: string, { labels }: FluxApplier): boolean {
  return (labels[environmentLabel] ?? environment) !== environment;
}

/** The Flux objects of an environment: labelled, or assigned by the configuration (`fluxKey`, patterns of it). */
export function environmentMembers(
  flux: readonly FluxObject[],
  of: { readonly environment: string; readonly assigned: readonly string[] },
): readonly FluxApplier[] {
  const isAssigned = of.assigned.map(pathMatcher);
  return flux.filter(
    (object): object is FluxApplier =>
      (object.kind === "Kustomization" || object.kind === "HelmRelease") &&
      (object.labels[environmentLabel] === of.environment ||
        isAssigned.some((matches) => matches(fluxKey(object)))),
  );
}
