import { timestamp, type Condition, type KubeObject } from "../api/kube-object.ts";

export type DeploymentSpec = {
  readonly replicas: number;
  readonly paused?: boolean;
  readonly progressDeadlineSeconds: number;
  readonly selector: object;
  readonly strategy: {
    readonly type: "RollingUpdate" | "Recreate";
    readonly rollingUpdate?: {
      readonly maxSurge?: number | string;
      readonly maxUnavailable?: number | string;
    };
  };
  readonly template: { readonly metadata?: object; readonly spec: object };
};

export type ReplicaCounts = {
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly updatedReplicas?: number;
};

type DeploymentStatus = ReplicaCounts & { readonly conditions?: readonly Condition[] };

type Seen = {
  readonly newest: KubeObject;
  readonly all: readonly KubeObject[];
  readonly created: boolean;
  readonly maxUnavailable: number;
};

/** The deployment controller's status, with its conditions' reasons and messages. */
export function deploymentStatus(deployment: KubeObject, seen: Seen) {
  const spec = deployment.spec as DeploymentSpec;
  const before = (deployment.status ?? {}) as DeploymentStatus;
  const counts = countReplicas(seen);
  const available = counts.availableReplicas >= spec.replicas - seen.maxUnavailable;
  const conditions = [
    transition(before.conditions, {
      type: "Available",
      status: available ? "True" : "False",
      reason: available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: available
        ? "Deployment has minimum availability."
        : "Deployment does not have minimum availability.",
    }),
    progressing(deployment, seen, counts),
  ];
  return {
    observedGeneration: deployment.metadata.generation,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    conditions,
  };
}

function countReplicas({ newest, all }: Seen) {
  const sum = (field: keyof ReplicaCounts) =>
    all.reduce((total, { status }) => total + (((status ?? {}) as ReplicaCounts)[field] ?? 0), 0);
  const availableReplicas = sum("availableReplicas");
  const wanted = all.reduce(
    (total, { spec }) => total + (spec as { replicas: number }).replicas,
    0,
  );
  return {
    replicas: sum("replicas"),
    updatedReplicas: ((newest.status ?? {}) as ReplicaCounts).replicas ?? 0,
    readyReplicas: sum("readyReplicas"),
    availableReplicas,
    unavailableReplicas: Math.max(0, wanted - availableReplicas),
  };
}

function progressing(
  deployment: KubeObject,
  { newest, created }: Seen,
  counts: ReturnType<typeof countReplicas>,
): Condition {
  const spec = deployment.spec as DeploymentSpec;
  const before = (deployment.status ?? {}) as DeploymentStatus;
  const last = before.conditions?.find(({ type }) => type === "Progressing");
  const { name } = newest.metadata;
  const made = (status: "True" | "False", reason: string, message: string) =>
    transition(before.conditions, { type: "Progressing", status, reason, message });
  const complete =
    counts.updatedReplicas === spec.replicas &&
    counts.replicas === spec.replicas &&
    counts.availableReplicas === spec.replicas;
  if (complete) {
    return made(
      "True",
      "NewReplicaSetAvailable",
      `ReplicaSet "${name}" has successfully progressed.`,
    );
  }
  if (created) return made("True", "NewReplicaSetCreated", `Created new replica set "${name}"`);
  const moved =
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas <
      (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
  const updated = () => made("True", "ReplicaSetUpdated", `ReplicaSet "${name}" is progressing.`);
  if (!last || moved || last.reason === "NewReplicaSetAvailable") {
    return { ...updated(), lastUpdateTime: timestamp() };
  }
  if (last.status === "False") return last;
  const stood = Date.now() - Date.parse(last.lastUpdateTime ?? "");
  if (stood < spec.progressDeadlineSeconds * 1000) return last;
  const message = `ReplicaSet "${name}" has timed out progressing.`;
  return { ...made("False", "ProgressDeadlineExceeded", message), lastUpdateTime: timestamp() };
}

function transition(
  before: readonly Condition[] | undefined,
  next: Pick<Condition, "type" | "status" | "reason" | "message">,
): Condition {
  const last = before?.find(({ type }) => type === next.type);
  const now = timestamp();
  const same = last?.reason === next.reason && last.status === next.status;
  return {
    ...next,
    lastUpdateTime: same ? (last.lastUpdateTime ?? now) : now,
    lastTransitionTime: last?.status === next.status ? last.lastTransitionTime : now,
  };
}
