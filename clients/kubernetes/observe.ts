import { objectAt, objectsAt, textAt, textsAt, type Json } from "../../core/flux/read-json.ts";
import { currentPods, type Related } from "../../core/health/current-pods.ts";
import type { HealthExpressions } from "../../core/health/expressions.ts";
import type { ObservedHealth } from "../../core/health/health.ts";
import { objectHistory, type ObjectHistory } from "../../core/health/object-history.ts";
import { workloadHealth } from "../../core/health/workload-health.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import type { Kubernetes } from "./connect.ts";
import { isAbsent, isForbidden } from "./failure.ts";
import type { FindPath } from "./find-resource.ts";
import { listAll } from "./list-all.ts";
import { readNamed } from "./odd-document.ts";
import { warningReader, type ReadWarning } from "./read-warning.ts";

export type Observed = {
  readonly health: ObservedHealth;
  /** Of its pod template; empty for what has none. */
  readonly images: readonly string[];
  /** Absent where the object was not read. */
  readonly history?: ObjectHistory;
};

export type ObserveOptions = {
  /** How the health of its kind is told where it was applied. */
  readonly expression?: HealthExpressions;
};

const withPods = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"]);

/** Asks one cluster about its objects. */
export function observer(kubernetes: Kubernetes, findPath: FindPath) {
  const readWarning = warningReader(kubernetes);
  return (identity: Identity, options: ObserveOptions = {}): Promise<Observed> =>
    observe({ kubernetes, findPath, readWarning, ...options }, identity);
}

type Asked = ObserveOptions & {
  readonly kubernetes: Kubernetes;
  readonly findPath: FindPath;
  readonly readWarning: ReadWarning;
};

/** Reads one object and, for a workload that is not healthy, its pods: they know why. */
async function observe(
  { kubernetes, findPath, readWarning, ...options }: Asked,
  identity: Identity,
): Promise<Observed> {
  try {
    const found = await findPath(identity);
    if (found === undefined) return { health: { state: "missing" }, images: [] };
    const object = await readNamed(kubernetes, found.path);
    const known = { images: imagesOf(object), history: objectHistory(object) };
    const how = { ...options, hasStatus: found.hasStatus };
    const own = workloadHealth(object, undefined, how);
    const open = ["in-progress", "failed"].includes(own.state);
    if (!open || !(withPods.has(identity.kind) || identity.kind === "PersistentVolumeClaim")) {
      return { health: own, ...known };
    }
    const isWorkload = withPods.has(identity.kind);
    const related = isWorkload ? await readRelatedOf(kubernetes, identity, object) : undefined;
    const health = workloadHealth(object, related, how);
    // Where neither it nor its pods say why, whoever holds them back has.
    const isSilent =
      health.state === "in-progress" && !("cause" in own && health.cause !== own.cause);
    if (!isSilent) return { health, ...known };
    const pods = related === undefined ? [] : (currentPods(object, related) as readonly Json[]);
    const why = await readWarning([...pods, object]);
    return {
      health: why === undefined ? health : { ...health, cause: `${health.cause}; ${why}` },
      ...known,
    };
  } catch (error) {
    if (isAbsent(error)) return { health: { state: "missing" }, images: [] };
    if (isForbidden(error)) return { health: { state: "forbidden" }, images: [] };
    throw error;
  }
}

// Without the right to list pods the workload's own conditions must do.
async function readRelatedOf(
  kubernetes: Kubernetes,
  { kind, namespace }: Identity,
  object: Json,
): Promise<Related | undefined> {
  const labels = textsAt(object, "spec", "selector", "matchLabels");
  const selector = Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
  if (selector === "") return undefined;
  const folder = `namespaces/${encodeURIComponent(namespace)}`;
  const list = async (path: string) =>
    (await listAll(kubernetes, path, { labelSelector: selector })).items;
  try {
    const [pods, replicaSets] = await Promise.all([
      list(`/api/v1/${folder}/pods`),
      kind === "Deployment" ? list(`/apis/apps/v1/${folder}/replicasets`) : [],
    ]);
    return { pods, replicaSets };
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

function imagesOf(object: Json): readonly string[] {
  const spec = objectAt(object, "spec", "template", "spec");
  return [...objectsAt(spec, "initContainers"), ...objectsAt(spec, "containers")].flatMap(
    (container) => textAt(container, "image") ?? [],
  );
}
