import { splitApiVersion } from "../manifests/identity.ts";
import { readConditions } from "./condition.ts";
import { parseDuration } from "./duration.ts";
import type { FluxObjectBase } from "./flux-base.ts";
import type { FluxObject } from "./flux-object.ts";
import { fluxKinds } from "./kinds/flux-kinds.ts";
import { present } from "./kinds/read-fields.ts";
import { flagAt, numberAt, textAt, textsAt } from "./read-json.ts";
import { suspendedBy } from "./suspended-by.ts";

/**
 * Reads an object of the Kubernetes API as the fields that Fluxgate uses. Missing, unknown and
 * oddly typed fields never throw.
 * @returns undefined for other kinds, and for what has no name.
 */
export function parseFluxObject(json: unknown): FluxObject | undefined {
  const name = textAt(json, "metadata", "name");
  if (name === undefined) return undefined;
  const [group] = splitApiVersion(textAt(json, "apiVersion") ?? "");
  const kind = textAt(json, "kind");
  const known = Object.values(fluxKinds).find((one) => one.kind === kind && one.group === group);
  return known?.parse(json, parseBase(json, name));
}

function parseBase(json: unknown, name: string): FluxObjectBase {
  return {
    name,
    namespace: textAt(json, "metadata", "namespace") ?? "",
    labels: textsAt(json, "metadata", "labels"),
    annotations: textsAt(json, "metadata", "annotations"),
    generation: numberAt(json, "metadata", "generation") ?? 0,
    deleting: textAt(json, "metadata", "deletionTimestamp") !== undefined,
    suspended: flagAt(json, "spec", "suspend"),
    observedGeneration: numberAt(json, "status", "observedGeneration") ?? 0,
    conditions: readConditions(json),
    ...present({
      uid: textAt(json, "metadata", "uid"),
      interval: parseDuration(textAt(json, "spec", "interval")),
      suspendedBy: suspendedBy(json),
      lastHandledReconcileAt: textAt(json, "status", "lastHandledReconcileAt"),
      createdAt: timeAt(textAt(json, "metadata", "creationTimestamp")),
    }),
  };
}

function timeAt(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? "");
  return Number.isFinite(at) ? at : undefined;
}
