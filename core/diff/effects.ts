// What a change does beside its edits: pods that start anew, and room that they ask for.
import { quantity } from "../manifests/quantity.ts";
import type { ObjectChange } from "./object-change.ts";
import type { Noise } from "./noise.ts";
import { isKnownType, type ObjectType } from "./object-type.ts";
import { inPodTemplate } from "./path.ts";
import { containersOf, podSpecOf } from "./pod-spec.ts";
import { valueAt } from "./values.ts";

/** Whether the pods of a workload that stays are replaced: anything in their template does that. */
export function restartsPods({ change, identity, edits, after }: ObjectChange): boolean {
  if (change !== "changed" || podSpecOf(after) === undefined) return false;
  // Pods of Jobs and CronJobs that run go on as they are.
  if (identity.kind === "CronJob" || identity.kind === "Job") return false;
  return edits.some(
    ({ path, noise }) => inPodTemplate(path, identity) && !isStoredAlike(noise, identity),
  );
}

// Of its own kinds the API server stores both spellings alike, so the template stays the same one.
function isStoredAlike(noise: Noise | undefined, type: ObjectType): boolean {
  return isKnownType(type) && (noise === "defaulting" || noise === "formatting");
}

/** How much more, or less, the pods of all changed workloads ask for, in billionths. */
export type RequestedMore = { readonly cpu: bigint; readonly memory: bigint };

export function requestedMore(objects: readonly ObjectChange[]): RequestedMore {
  const sum = (resource: "cpu" | "memory") =>
    objects
      .filter(({ kept }) => kept === undefined)
      .map(({ before, after }) => requested(after, resource) - requested(before, resource))
      .reduce((all, one) => all + one, 0n);
  return { cpu: sum("cpu"), memory: sum("memory") };
}

// How many pods a DaemonSet or a Job runs is not said in it.
function requested(object: ObjectChange["before"], resource: string): bigint {
  if (!/^(Deployment|StatefulSet|ReplicaSet)$/.test(object?.kind ?? "")) return 0n;
  const replicas = valueAt(object, "spec.replicas") ?? 1;
  const count = typeof replicas === "number" && Number.isInteger(replicas) ? BigInt(replicas) : 0n;
  const pod = podSpecOf(object);
  const containers = containersOf(pod && { containers: pod["containers"] }).map(
    (one) => quantity(valueAt(one, `resources.requests.${resource}`)) ?? 0n,
  );
  return count * containers.reduce((all, one) => all + one, 0n);
}
