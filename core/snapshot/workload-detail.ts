// What version 2 says of a workload beside its health.
import { numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import { changedByOthers, type ChangedBy } from "../health/changed-by-others.ts";
import { podFacts, type PodFacts } from "../health/pod-facts.ts";

export type WorkloadDetail = {
  /** Key (`fluxKey`) of what applied it. */
  readonly appliedBy?: string;
  readonly replicas?: Replicas;
  /** The troubled ones first; absent: they could not be read. */
  readonly pods?: readonly PodFacts[];
  readonly podsLeftOut?: number;
  /** Who else wrote fields of it: drift. */
  readonly changedBy?: readonly ChangedBy[];
  /** Where the environment's configuration opted in. */
  readonly events?: readonly EventFacts[];
  readonly logs?: { readonly container: string; readonly lines: readonly string[] };
};

export type Replicas = {
  readonly wanted: number;
  readonly ready: number;
  readonly updated: number;
};

export type EventFacts = {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly at?: string;
};

export const mostPods = 10;

/** @param pods its own, of any age; undefined where they cannot be read */
export function workloadDetail(
  object: unknown,
  pods: readonly unknown[] | undefined,
): WorkloadDetail {
  const replicas = replicasOf(object);
  const changedBy = changedByOthers(object);
  const all = pods?.map(podFacts).sort((a, b) => trouble(b) - trouble(a));
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(all === undefined ? {} : { pods: all.slice(0, mostPods) }),
    ...(all === undefined || all.length <= mostPods ? {} : { podsLeftOut: all.length - mostPods }),
    ...(changedBy.length === 0 ? {} : { changedBy }),
  };
}

function trouble({ reason, ready, containers, restarts }: PodFacts): number {
  return (reason === undefined ? 0 : 1_000_000) + (ready < containers ? 500_000 : 0) + restarts;
}

function replicasOf(object: unknown): Replicas | undefined {
  const count = (field: string) => numberAt(object, "status", field) ?? 0;
  switch (textAt(object, "kind")) {
    case "Deployment":
    case "StatefulSet":
      return {
        wanted: numberAt(object, "spec", "replicas") ?? 1,
        ready: count("readyReplicas"),
        updated: count("updatedReplicas"),
      };
    case "DaemonSet":
      return {
        wanted: count("desiredNumberScheduled"),
        ready: count("numberReady"),
        updated: count("updatedNumberScheduled"),
      };
    default:
      return undefined;
  }
}

/** All images of an object's pods, init containers first; empty for what has none. */
export function imagesOf(object: unknown): readonly string[] {
  const kind = textAt(object, "kind");
  const spec =
    kind === "CronJob"
      ? objectAt(object, "spec", "jobTemplate", "spec", "template", "spec")
      : kind === "Pod"
        ? objectAt(object, "spec")
        : objectAt(object, "spec", "template", "spec");
  const containers = [...objectsAt(spec, "initContainers"), ...objectsAt(spec, "containers")];
  return [...new Set(containers.flatMap((container) => textAt(container, "image") ?? []))];
}
