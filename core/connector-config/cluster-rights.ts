import { fluxKinds } from "../flux/kinds/flux-kinds.ts";

/** What the connector may do with one resource of a cluster. */
export type ClusterRight = {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** What does not work without it; absent: nothing works. */
  readonly lost?: string;
};

const health = "its health is unknown, and what waits for it goes on waiting";
const reason = "the reason that a workload is not healthy stays unknown";

// Built-in kinds that have health of their own; custom ones are in core/health/known.
const readForHealth: readonly (readonly [group: string, ...resources: string[]])[] = [
  ["apps", "deployments", "statefulsets", "daemonsets"],
  ["batch", "jobs", "cronjobs"],
  ["", "namespaces", "services", "persistentvolumeclaims"],
  ["networking.k8s.io", "ingresses"],
  ["autoscaling", "horizontalpodautoscalers"],
  ["policy", "poddisruptionbudgets"],
  ["source.toolkit.fluxcd.io", "buckets"],
  ["apiextensions.k8s.io", "customresourcedefinitions"],
  ["apiregistration.k8s.io", "apiservices"],
];

/** Rights that the connector needs in a cluster; the chart's ClusterRole grants them. */
export function clusterRights({ nudge }: { readonly nudge: boolean }): readonly ClusterRight[] {
  return [
    ...Object.values(fluxKinds).map(({ group, resource, verbs, optional }) => ({
      ...{ group, resource, verbs },
      ...(optional ? { lost: `${resource} are not seen` } : {}),
    })),
    ...readForHealth.flatMap(([group, ...resources]) =>
      resources.map((resource) => ({ group, resource, verbs: ["get"], lost: health })),
    ),
    { group: "apps", resource: "replicasets", verbs: ["get", "list"], lost: reason },
    { group: "", resource: "pods", verbs: ["get", "list"], lost: reason },
    ...(nudge ? nudges() : []),
  ];
}

function nudges(): readonly ClusterRight[] {
  return Object.values(fluxKinds)
    .filter(({ nudged }) => nudged)
    .map(({ group, resource }) => ({
      ...{ group, resource, verbs: ["patch"] },
      lost: `nudge does nothing for ${resource}`,
    }));
}
