import type { KubernetesObject } from "./identity.ts";

/**
 * Fields by which an object in git is bound to one state of an object in a cluster, mostly since
 * `kubectl get -o yaml` wrote it. Server-side apply takes them as conditions, and Flux leaves them in
 * (fluxcd/pkg/ssa); a real API server answers 409 or 422.
 * @returns a sentence a field
 */
export function ofOneMoment({ metadata }: KubernetesObject): readonly string[] {
  const { uid, resourceVersion } = metadata as Readonly<Record<string, unknown>>;
  return [
    ...(isSet(uid)
      ? [
          "metadata.uid is set: Flux fails where the object is not there yet, or is there with another one",
        ]
      : []),
    ...(isSet(resourceVersion) && resourceVersion !== "0"
      ? ["metadata.resourceVersion is set: Flux fails once the object there has another one"]
      : []),
  ];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
