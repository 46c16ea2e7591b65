// Rolling updates after k8s.io/kubernetes/pkg/controller/deployment/rolling.go.
import { createObject, updateObject } from "../api/admit.ts";
import { sameJson, type KubeObject } from "../api/kube-object.ts";
import type { Again } from "../controller.ts";
import { kindOf, owned, ownerReference, writeStatus, type Cluster } from "../cluster.ts";
import {
  createdStatus,
  deploymentStatus,
  type DeploymentSpec,
  type ReplicaCounts,
} from "./deployment-status.ts";
import { templateHash } from "./pod-template.ts";

const hashLabel = "pod-template-hash";
const prefix = "deployment.kubernetes.io";
const revisionAnnotation = `${prefix}/revision`;

export function reconcileDeployment(cluster: Cluster, deployment: KubeObject): Again {
  if (deployment.metadata.deletionTimestamp) return undefined;
  const spec = deployment.spec as DeploymentSpec;
  const limits = rollingLimits(spec);
  const kind = kindOf(cluster, "apps/v1", "Deployment");
  const sets = owned(cluster, kindOf(cluster, "apps/v1", "ReplicaSet"), deployment);
  const found = sets.find((set) => sameTemplate(set, deployment));
  const older = sets.filter((set) => set !== found);
  const newest = found ?? createReplicaSet(cluster, deployment, { sets, limits });
  if (found && !spec.paused) {
    if (spec.strategy.type === "Recreate") recreate(cluster, spec, { newest, older });
    else roll(cluster, spec, { newest, older, limits });
  }
  const all = owned(cluster, kindOf(cluster, "apps/v1", "ReplicaSet"), deployment);
  const seen = all.find((set) => set.metadata.uid === newest.metadata.uid) ?? newest;
  annotate(cluster, deployment, { newest: seen, all, limits });
  const { maxUnavailable } = limits;
  if (!found) {
    writeStatus(cluster, deployment, createdStatus(deployment, newest.metadata.name));
  }
  const current = cluster.api.store.get({ kind, ...deployment.metadata }) ?? deployment;
  const status = deploymentStatus(current, { newest: seen, all, maxUnavailable });
  writeStatus(cluster, deployment, status);
  const progressing = status.conditions?.find(({ type }) => type === "Progressing");
  const waits = progressing?.status === "True" && progressing.reason !== "NewReplicaSetAvailable";
  return waits ? spec.progressDeadlineSeconds * 1000 + 1000 : undefined;
}

type Limits = { readonly maxSurge: number; readonly maxUnavailable: number };
type Sets = { readonly newest: KubeObject; readonly older: readonly KubeObject[] };

type Annotated = {
  readonly newest: KubeObject;
  readonly all: readonly KubeObject[];
  readonly limits: Limits;
};

// The newest template bears the highest revision, also when it is one that was there before.
function annotate(
  cluster: Cluster,
  deployment: KubeObject,
  { newest, all, limits }: Annotated,
): void {
  const highest = Math.max(0, ...all.filter((set) => set !== newest).map(revisionOf));
  const revision = String(Math.max(revisionOf(newest), highest + 1));
  const { replicas } = deployment.spec as DeploymentSpec;
  setAnnotations(cluster, newest, {
    [revisionAnnotation]: revision,
    [`${prefix}/desired-replicas`]: String(replicas),
    [`${prefix}/max-replicas`]: String(replicas + limits.maxSurge),
  });
  setAnnotations(cluster, deployment, { [revisionAnnotation]: revision });
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[revisionAnnotation] ?? 0);
}

function setAnnotations(
  cluster: Cluster,
  { apiVersion, kind, metadata }: KubeObject,
  wanted: Readonly<Record<string, string>>,
): void {
  const at = { kind: kindOf(cluster, apiVersion, kind), ...metadata };
  const current = cluster.api.store.get(at);
  if (!current) return;
  const annotations = { ...current.metadata.annotations, ...wanted };
  cluster.api.store.update(at.kind, { ...current, metadata: { ...current.metadata, annotations } });
}

function rollingLimits({ replicas, strategy }: DeploymentSpec): Limits {
  if (strategy.type === "Recreate") return { maxSurge: 0, maxUnavailable: 0 };
  const { maxSurge = "25%", maxUnavailable = "25%" } = strategy.rollingUpdate ?? {};
  const share = (value: number | string) =>
    typeof value === "number" ? value : (parseFloat(value) / 100) * replicas;
  const surge = Math.ceil(share(maxSurge));
  const unavailable = Math.min(replicas, Math.floor(share(maxUnavailable)));
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function sameTemplate(set: KubeObject, deployment: KubeObject): boolean {
  const template = structuredClone((set.spec as DeploymentSpec).template) as {
    metadata?: { labels?: Record<string, string> };
  };
  delete template.metadata?.labels?.[hashLabel];
  return sameJson(template, (deployment.spec as DeploymentSpec).template);
}

function createReplicaSet(
  cluster: Cluster,
  deployment: KubeObject,
  { sets, limits }: { readonly sets: readonly KubeObject[]; readonly limits: Limits },
): KubeObject {
  const { name, namespace } = deployment.metadata;
  const spec = deployment.spec as DeploymentSpec;
  const hash = templateHash(spec.template);
  const template = structuredClone(spec.template) as {
    metadata?: { labels?: Record<string, string> };
  };
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const room =
    spec.strategy.type === "Recreate"
      ? sets.some(runs)
        ? 0
        : spec.replicas
      : Math.max(0, spec.replicas + limits.maxSurge - sum(sets.map(replicasOf)));
  const selector = spec.selector as { matchLabels?: Record<string, string> };
  return createObject(cluster.api, {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace ? { namespace } : {}),
      labels,
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: Math.min(spec.replicas, room),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  });
}

function recreate(cluster: Cluster, { replicas }: DeploymentSpec, { newest, older }: Sets): void {
  for (const set of older) scale(cluster, set, 0);
  if (!older.some(runs)) scale(cluster, newest, replicas);
}

function roll(
  cluster: Cluster,
  { replicas }: DeploymentSpec,
  { newest, older, limits }: Sets & { readonly limits: Limits },
): void {
  const total = sum([newest, ...older].map(replicasOf));
  const room = replicas + limits.maxSurge - total;
  const wanted = replicasOf(newest);
  if (wanted > replicas) return scale(cluster, newest, replicas);
  if (wanted < replicas && room > 0) {
    return scale(cluster, newest, Math.min(replicas, wanted + room));
  }
  const minAvailable = replicas - limits.maxUnavailable;
  let allowed = total - minAvailable - (wanted - availableOf(newest));
  // First those old pods that do not run anyway, then as many as availability allows.
  const left = new Map(older.map((set) => [set, replicasOf(set)]));
  for (const set of older) {
    const unhealthy = Math.max(0, Math.min(allowed, replicasOf(set) - availableOf(set)));
    left.set(set, replicasOf(set) - unhealthy);
    allowed -= unhealthy;
  }
  let spare = Math.min(allowed, sum([newest, ...older].map(availableOf)) - minAvailable);
  for (const set of older) {
    const down = Math.max(0, Math.min(spare, left.get(set) ?? 0));
    left.set(set, (left.get(set) ?? 0) - down);
    spare -= down;
  }
  for (const [set, count] of left) scale(cluster, set, count);
}

function scale(cluster: Cluster, set: KubeObject, replicas: number): void {
  if (replicasOf(set) === replicas) return;
  updateObject(cluster.api, { ...set, spec: { ...(set.spec as object), replicas } });
}

function replicasOf({ spec }: KubeObject): number {
  return (spec as { replicas: number }).replicas;
}

function availableOf({ status }: KubeObject): number {
  return ((status ?? {}) as ReplicaCounts).availableReplicas ?? 0;
}

function runs({ status }: KubeObject): boolean {
  return (((status ?? {}) as ReplicaCounts).replicas ?? 0) > 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
