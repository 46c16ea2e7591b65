import { createObject, deleteObject } from "../api/admit.ts";
import type { Condition, KubeObject } from "../api/kube-object.ts";
import type { Again } from "../controller.ts";
import { kindOf, owned, writeStatus, type Cluster } from "../cluster.ts";
import { podOf, randomSuffix, type PodTemplate } from "./pod-template.ts";

type ReplicaSetSpec = { readonly replicas: number; readonly template: PodTemplate };

export type PodStatus = {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
};

export function isReady(pod: KubeObject): boolean {
  const { conditions = [] } = (pod.status ?? {}) as PodStatus;
  return conditions.some(({ type, status }) => type === "Ready" && status === "True");
}

/** Creates or deletes pods until there are as many as wanted; those that are not ready go first. */
export function reconcileReplicaSet(cluster: Cluster, replicaSet: KubeObject): Again {
  const { replicas, template } = replicaSet.spec as ReplicaSetSpec;
  const { api } = cluster;
  const kind = kindOf(cluster, "v1", "Pod");
  const pods = owned(cluster, kind, replicaSet);
  if (!replicaSet.metadata.deletionTimestamp) {
    for (let missing = replicas - pods.length; missing > 0; missing -= 1) {
      const name = `${replicaSet.metadata.name}-${randomSuffix()}`;
      createObject(api, podOf(replicaSet, template, { name, random: true }));
    }
    const surplus = Math.max(0, pods.length - replicas);
    const doomed = [...pods].sort((a, b) => Number(isReady(a)) - Number(isReady(b)));
    for (const pod of doomed.slice(0, surplus)) deleteObject(api, { kind, ...pod.metadata });
  }
  const now = owned(cluster, kind, replicaSet);
  const ready = now.filter(isReady).length;
  writeStatus(cluster, replicaSet, {
    replicas: now.length,
    fullyLabeledReplicas: now.length,
    readyReplicas: ready,
    availableReplicas: ready,
    terminatingReplicas: 0,
    observedGeneration: replicaSet.metadata.generation,
  });
  return undefined;
}
