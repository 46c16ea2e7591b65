import { objectsAt, textAt, type Json } from "../../core/flux/read-json.ts";
import type { Related } from "../../core/health/current-pods.ts";
import type { ObservedHealth } from "../../core/health/health.ts";
import { workloadHealth } from "../../core/health/workload-health.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import {
  imagesOf,
  workloadDetail,
  type WorkloadDetail,
} from "../../core/snapshot/workload-detail.ts";
import { mapLimited } from "../map-limited.ts";
import type { Kubernetes } from "./connect.ts";
import { readDetails, type DetailOptions } from "./read-details.ts";
import { isAbsent, isForbidden } from "./failure.ts";
import type { FindPath } from "./find-resource.ts";
import { gapText } from "./gap-text.ts";
import { listAll } from "./list-all.ts";
import { readNamed } from "./odd-document.ts";

export type SeenWorkload = {
  readonly identity: Identity;
  readonly health: ObservedHealth;
  readonly images: readonly string[];
  readonly detail: WorkloadDetail;
};

export type ReadWorkloads = (
  wanted: readonly Identity[],
  options?: DetailOptions,
) => Promise<{
  readonly workloads: readonly SeenWorkload[];
  /** What could not be looked at, one sentence each. */
  readonly gaps: readonly string[];
}>;

// The API server is shared, and an environment may have hundreds.
const atATime = 8;

/**
 * Reads workloads and their pods: the pods of a namespace once, whatever the number of workloads.
 * What cannot be read is said of that one alone.
 */
export function workloadReader(kubernetes: Kubernetes, findPath: FindPath): ReadWorkloads {
  return async (wanted, options = {}) => {
    const gaps = new Set<string>();
    const namespaces = new Map<string, Promise<Related | undefined>>();
    const around = (namespace: string) => {
      const known = namespaces.get(namespace);
      if (known !== undefined) return known;
      const reading = readRelated(kubernetes, namespace).catch((error: unknown) => {
        gaps.add(gapText(`Pods in namespace ${namespace}`, error));
        return undefined;
      });
      namespaces.set(namespace, reading);
      return reading;
    };
    const workloads = await mapLimited(wanted, atATime, async (identity): Promise<SeenWorkload> => {
      const read = await readObject(kubernetes, { findPath, identity });
      if ("health" in read) return { identity, health: read.health, images: [], detail: {} };
      const { object } = read;
      const related = ownOf(object, await around(identity.namespace));
      const health = workloadHealth(object, related);
      const troubled = health.state === "failed" || health.state === "in-progress";
      const more = troubled
        ? await readDetails(kubernetes, { identity, pods: related?.pods ?? [], ...options })
        : { detail: {}, gaps: [] };
      for (const gap of more.gaps) gaps.add(gap);
      const detail = { ...workloadDetail(object, related?.pods), ...more.detail };
      return { identity, health, images: imagesOf(object), detail };
    });
    return { workloads, gaps: [...gaps] };
  };
}

async function readObject(
  kubernetes: Kubernetes,
  { findPath, identity }: { readonly findPath: FindPath; readonly identity: Identity },
): Promise<{ readonly object: Json } | { readonly health: ObservedHealth }> {
  try {
    const found = await findPath(identity);
    if (found === undefined) return { health: { state: "missing" } };
    return { object: await readNamed(kubernetes, found.path) };
  } catch (error) {
    if (isAbsent(error)) return { health: { state: "missing" } };
    if (isForbidden(error)) return { health: { state: "forbidden" } };
    return { health: { state: "unknown", cause: "the cluster did not answer" } };
  }
}

async function readRelated(kubernetes: Kubernetes, namespace: string): Promise<Related> {
  const folder = `namespaces/${encodeURIComponent(namespace)}`;
  const list = async (path: string) => (await listAll(kubernetes, path)).items;
  const [pods, replicaSets] = await Promise.all([
    list(`/api/v1/${folder}/pods`),
    list(`/apis/apps/v1/${folder}/replicasets`),
  ]);
  return { pods, replicaSets };
}

/** Of a namespace's pods and ReplicaSets, those that a workload owns. */
function ownOf(object: Json, around: Related | undefined): Related | undefined {
  if (around === undefined) return undefined;
  const uid = textAt(object, "metadata", "uid");
  if (uid === undefined) return undefined;
  if (textAt(object, "kind") === "Pod") return { pods: [object], replicaSets: [] };
  const replicaSets = around.replicaSets.filter((set) => isOwnedBy(set, new Set([uid])));
  const owners = new Set([
    uid,
    ...replicaSets.flatMap((set) => textAt(set, "metadata", "uid") ?? []),
  ]);
  return { pods: around.pods.filter((pod) => isOwnedBy(pod, owners)), replicaSets };
}

function isOwnedBy(object: unknown, owners: ReadonlySet<string>): boolean {
  return objectsAt(object, "metadata", "ownerReferences").some((owner) =>
    owners.has(textAt(owner, "uid") ?? ""),
  );
}
