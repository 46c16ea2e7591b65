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

export type DeploymentStatus = ReplicaCounts & {
  readonly observedGeneration?: number;
  readonly terminatingReplicas?: number;
  readonly conditions?: readonly Condition[];
};

type Seen = {
  readonly newest: KubeObject;
  readonly all: readonly KubeObject[];
  readonly maxUnavailable: number;
};

/** The deployment controller's status, with its conditions' reasons and messages. */
export function deploymentStatus(deployment: KubeObject, seen: Seen): DeploymentStatus {
  const spec = deployment.spec as DeploymentSpec;
  const before = (deployment.status ?? {}) as DeploymentStatus;
  const counts = countReplicas(seen);
  const available = counts.availableReplicas >= spec.replicas - seen.maxUnavailable;
  const progress = progressing(deployment, seen, counts);
  const conditions = setCondition(before.conditions ?? [], {
    type: "Available",
    status: available ? "True" : "False",
    reason: available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
    message: available
      ? "Deployment has minimum availability."
      : "Deployment does not have minimum availability.",
  });
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    terminatingReplicas: 0,
    conditions: progress ? setCondition(conditions, progress) : conditions,
  };
}

/** The first thing that is written of a new template, before its generation counts as observed. */
export function createdStatus({ status }: KubeObject, replicaSet: string): DeploymentStatus {
  const before = (status ?? {}) as DeploymentStatus;
  const reason = "NewReplicaSetCreated";
  const message = `Created new replica set "${replicaSet}"`;
  const progress = { type: "Progressing", status: "True", reason, message } as const;
  return { ...before, conditions: setCondition(before.conditions ?? [], progress) };
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

// What Progressing becomes; undefined where it stays.
function progressing(
  deployment: KubeObject,
  { newest }: Seen,
  counts: ReturnType<typeof countReplicas>,
): NewCondition | undefined {
  const spec = deployment.spec as DeploymentSpec;
  const before = (deployment.status ?? {}) as DeploymentStatus;
  const last = before.conditions?.find(({ type }) => type === "Progressing");
  const { name } = newest.metadata;
  const made = (status: "True" | "False", reason: string, message: string): NewCondition => ({
    ...{ type: "Progressing", status, reason, message },
  });
  const complete =
    counts.updatedReplicas === spec.replicas &&
    counts.replicas === spec.replicas &&
    counts.availableReplicas === spec.replicas;
  if (complete) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return made("True", "NewReplicaSetAvailable", message);
  }
  const moved =
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas <
      (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
  if (moved) {
    return { ...made("True", "ReplicaSetUpdated", `ReplicaSet "${name}" is progressing.`), moved };
  }
  // Once complete it does not time out: what fails later is no failed roll-out.
  if (!last || last.status === "False" || last.reason === "NewReplicaSetAvailable")
    return undefined;
  const stood = Date.now() - Date.parse(last.lastUpdateTime ?? "");
  if (stood < spec.progressDeadlineSeconds * 1000) return undefined;
  return made(
    "False",
    "ProgressDeadlineExceeded",
    `ReplicaSet "${name}" has timed out progressing.`,
  );
}

type NewCondition = Pick<Condition, "type" | "status" | "reason" | "message"> & {
  /** Counts as an update although status and reason are the same. */
  readonly moved?: boolean;
};

// As `SetDeploymentCondition`: a changed one goes to the end, an unchanged one stays as it is.
function setCondition(conditions: readonly Condition[], next: NewCondition): readonly Condition[] {
  const { moved = false, ...fields } = next;
  const last = conditions.find(({ type }) => type === next.type);
  if (last?.status === next.status && last.reason === next.reason && !moved) return conditions;
  const now = timestamp();
  const lastTransitionTime = last?.status === next.status ? last.lastTransitionTime : now;
  const others = conditions.filter(({ type }) => type !== next.type);
  return [...others, { ...fields, lastUpdateTime: now, lastTransitionTime }];
}
