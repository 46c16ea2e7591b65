import { objectsAt, textAt, textsAt } from "../flux/read-json.ts";

const revision = "deployment.kubernetes.io/revision";
const templateGeneration = "deprecated.daemonset.template.generation";

/** What lies around a workload, as the API gives it; items of lists have no kind. */
export type Related = {
  readonly replicaSets: readonly unknown[];
  readonly pods: readonly unknown[];
};

/**
 * The pods that a workload runs in its newest form: an old pod that crashes says nothing about what
 * was rolled out now. Deleted pods are left out.
 */
export function currentPods(workload: unknown, related: Related): readonly unknown[] {
  const pods = related.pods.filter(
    (pod) => textAt(pod, "metadata", "deletionTimestamp") === undefined,
  );
  switch (textAt(workload, "kind")) {
    case "Deployment":
      return podsOfNewestReplicaSet(workload, { ...related, pods });
    case "StatefulSet": {
      const newest = textAt(workload, "status", "updateRevision");
      return labelled(pods, "controller-revision-hash", newest);
    }
    case "DaemonSet": {
      const newest = textsAt(workload, "metadata", "annotations")[templateGeneration];
      return labelled(pods, "pod-template-generation", newest);
    }
    default:
      return pods;
  }
}

function podsOfNewestReplicaSet(
  workload: unknown,
  { pods, replicaSets }: Related,
): readonly unknown[] {
  if (replicaSets.length === 0) return pods;
  const wanted = textsAt(workload, "metadata", "annotations")[revision];
  const newest = replicaSets.find(
    (set) => textsAt(set, "metadata", "annotations")[revision] === wanted,
  );
  const uid = textAt(newest, "metadata", "uid");
  if (uid === undefined) return [];
  return pods.filter((pod) =>
    objectsAt(pod, "metadata", "ownerReferences").some((owner) => textAt(owner, "uid") === uid),
  );
}

// A pod without the label is of a cluster that does not write it: it counts.
function labelled(
  pods: readonly unknown[],
  label: string,
  value: string | undefined,
): readonly unknown[] {
  if (value === undefined) return pods;
  return pods.filter((pod) => {
    const found = textsAt(pod, "metadata", "labels")[label];
    return found === undefined || found === value;
  });
}
