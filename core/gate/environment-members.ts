import type { FluxApplier, FluxObject } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";

/** The label that puts a Kustomization or HelmRelease into an environment. */
const environmentLabel = "fluxgate.dev/environment";

/** Is an object labelled as one of another environment? */
export function isOfAnother(environment: string, { labels }: FluxApplier): boolean {
  return (labels[environmentLabel] ?? environment) !== environment;
}

/** The Flux objects of an environment: labelled, or assigned by the configuration (`fluxKey`). */
export function environmentMembers(
  flux: readonly FluxObject[],
  of: { readonly environment: string; readonly assigned: readonly string[] },
): readonly FluxApplier[] {
  return flux.filter(
    (object): object is FluxApplier =>
      (object.kind === "Kustomization" || object.kind === "HelmRelease") &&
      (object.labels[environmentLabel] === of.environment ||
        (of.assigned.length > 0 && of.assigned.includes(fluxKey(object)))),
  );
}
