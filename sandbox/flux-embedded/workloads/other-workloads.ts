// StatefulSet, DaemonSet and Job, as far as their status is looked at.
import { createObject, deleteObject } from "../api/admit.ts";
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import type { Again } from "../controller.ts";
import { kindOf, owned, writeStatus, type Cluster } from "../cluster.ts";
import { podOf, randomSuffix, templateHash, type PodTemplate } from "./pod-template.ts";
import { isReady, type PodStatus } from "./replica-sets.ts";

type WorkloadSpec = { readonly replicas: number; readonly template: PodTemplate };

const revisionLabel = "controller-revision-hash";

/** One pod after the other, by ordinal; the next only when the one before is ready. */
export function reconcileStatefulSet(cluster: Cluster, set: KubeObject): Again {
  const { replicas, template } = set.spec as WorkloadSpec;
  const { name } = set.metadata;
  const kind = kindOf(cluster, "v1", "Pod");
  const revision = `${name}-${templateHash(template)}`;
  const pods = () => owned(cluster, kind, set);
  const byName = new Map(pods().map((pod) => [pod.metadata.name, pod]));
  const isNew = (pod: KubeObject) => pod.metadata.labels?.[revisionLabel] === revision;
  const names = Array.from({ length: replicas }, (_, ordinal) => `${name}-${ordinal}`);
  for (const [podName, pod] of byName) {
    if (!names.includes(podName)) deleteObject(cluster.api, { kind, ...pod.metadata });
  }
  const waitsFor = names.find((podName) => {
    const pod = byName.get(podName);
    if (pod) return !isReady(pod);
    const labels = { [revisionLabel]: revision, "statefulset.kubernetes.io/pod-name": podName };
    createObject(cluster.api, podOf(set, template, { name: podName, labels }));
    return true;
  });
  if (waitsFor === undefined) {
    const outdated = [...names].reverse().find((podName) => {
      const pod = byName.get(podName);
      return pod && !isNew(pod);
    });
    if (outdated) {
      deleteObject(cluster.api, { kind, name: outdated, ...namespaceOf(set) });
    }
  }
  const now = pods();
  const ready = now.filter(isReady).length;
  const updated = now.filter(isNew).length;
  const before = (set.status ?? {}) as { currentRevision?: string };
  const done = updated === replicas && ready === replicas;
  writeStatus(cluster, set, {
    observedGeneration: set.metadata.generation,
    replicas: now.length,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: done ? replicas : now.length - updated,
    updatedReplicas: updated,
    currentRevision: done ? revision : (before.currentRevision ?? revision),
    updateRevision: revision,
    collisionCount: 0,
  });
  return undefined;
}

/** One pod, since there is one node. */
export function reconcileDaemonSet(cluster: Cluster, set: KubeObject): Again {
  const { template } = set.spec as WorkloadSpec;
  const { name } = set.metadata;
  const kind = kindOf(cluster, "v1", "Pod");
  const revision = templateHash(template);
  const [pod] = owned(cluster, kind, set);
  const isNew = (one: KubeObject) => one.metadata.labels?.[revisionLabel] === revision;
  if (pod && !isNew(pod)) deleteObject(cluster.api, { kind, ...pod.metadata });
  if (!pod || !isNew(pod)) {
    const labels = { [revisionLabel]: revision };
    createObject(
      cluster.api,
      podOf(set, template, { name: `${name}-${randomSuffix()}`, labels, random: true }),
    );
  }
  const now = owned(cluster, kind, set);
  const ready = now.filter(isReady).length;
  writeStatus(cluster, set, {
    observedGeneration: set.metadata.generation,
    desiredNumberScheduled: 1,
    currentNumberScheduled: now.length,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    ...(ready < 1 ? { numberUnavailable: 1 } : {}),
    updatedNumberScheduled: now.filter(isNew).length,
  });
  return undefined;
}

type JobSpec = WorkloadSpec & { readonly backoffLimit: number };

/** One pod; it is done when the pod is, and failed when one pod more than the limit failed. */
export function reconcileJob(cluster: Cluster, job: KubeObject): Again {
  const { template, backoffLimit } = job.spec as JobSpec;
  const { name } = job.metadata;
  const kind = kindOf(cluster, "v1", "Pod");
  const pods = owned(cluster, kind, job);
  const phaseIs = (phase: string) =>
    pods.filter(({ status }) => ((status ?? {}) as PodStatus).phase === phase).length;
  const [succeeded, failed] = [phaseIs("Succeeded"), phaseIs("Failed")];
  const finished = succeeded > 0 || failed > backoffLimit;
  const active = pods.length - succeeded - failed;
  const status = (job.status ?? {}) as { startTime?: string; completionTime?: string };
  const now = timestamp();
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: "True",
    reason,
    message,
    lastProbeTime: status.completionTime ?? now,
    lastTransitionTime: status.completionTime ?? now,
  });
  if (!finished && active === 0) {
    const labels = { "job-name": name, "batch.kubernetes.io/job-name": name };
    createObject(
      cluster.api,
      podOf(job, template, { name: `${name}-${randomSuffix()}`, labels, random: true }),
    );
  }
  const reached = ["CompletionsReached", "Reached expected number of succeeded pods"] as const;
  const exceeded = ["BackoffLimitExceeded", "Job has reached the specified backoff limit"] as const;
  const conditions =
    succeeded > 0
      ? [condition("SuccessCriteriaMet", ...reached), condition("Complete", ...reached)]
      : [condition("FailureTarget", ...exceeded), condition("Failed", ...exceeded)];
  writeStatus(cluster, job, {
    startTime: status.startTime ?? now,
    ready: 0,
    terminating: 0,
    uncountedTerminatedPods: {},
    ...(finished ? { conditions } : { active: 1 }),
    ...(succeeded > 0 ? { succeeded, completionTime: status.completionTime ?? now } : {}),
    ...(failed > 0 ? { failed } : {}),
  });
  return undefined;
}

function namespaceOf({ metadata }: KubeObject): { namespace?: string } {
  return metadata.namespace ? { namespace: metadata.namespace } : {};
}
