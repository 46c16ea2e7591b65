// What Flux does with the built objects: in stages, dry run of a whole stage first, then apply.
import { applyObject, deleteObject } from "../api/admit.ts";
import { ApiFailure } from "../api/api-failure.ts";
import type { KubeObject } from "../api/kube-object.ts";
import { withoutUnknownFields } from "../api/typed-patch.ts";
import type { Cluster } from "../cluster.ts";
import { parseEntry, shortName, type Inventory, inventoryEntry } from "./inventory.ts";

const manager = "kustomize-controller";
const group = "kustomize.toolkit.fluxcd.io";

export type AppliedObject = {
  readonly object: KubeObject;
  readonly action: "created" | "configured" | "unchanged" | "skipped";
};

/** A refused object: nothing of its stage was applied. `applied` is what stages before did. */
export class ApplyFailure extends Error {
  constructor(message: string, applied: readonly AppliedObject[]) {
    super(`${message}\n${changeLog(applied)}`);
  }
}

const kindOrder = [
  ...["CustomResourceDefinition", "Namespace", "ClusterRole", "PriorityClass", "StorageClass"],
  ...["IngressClass", "ClusterRoleBinding", "ResourceQuota", "ServiceAccount", "Role"],
  ...["RoleBinding", "ConfigMap", "Secret", "Service", "LimitRange", "Deployment"],
  ...["StatefulSet", "CronJob", "PodDisruptionBudget"],
];

/** @throws ApplyFailure */
export function applyManifests(
  cluster: Cluster,
  owner: KubeObject,
  { objects, force }: { readonly objects: readonly KubeObject[]; readonly force: boolean },
): AppliedObject[] {
  const labelled = objects
    .map((object) => ownedBy(owner, withoutUnknownFields(object)))
    .sort(byKind);
  const definitions = ["CustomResourceDefinition", "Namespace", "ClusterRole"];
  const stage = ({ kind }: KubeObject) =>
    definitions.includes(kind) ? 0 : kind.endsWith("Class") ? 1 : 2;
  const applied: AppliedObject[] = [];
  for (const number of [0, 1, 2]) {
    const members = labelled.filter((object) => stage(object) === number);
    for (const object of members) dryRun(cluster, object, { applied, force });
    for (const object of members) applied.push(apply(cluster, object));
  }
  return applied;
}

/** Deletes what the old inventory lists and the new one no longer. Returns the change log. */
export function prune(cluster: Cluster, before: Inventory, after: Inventory): string {
  const kept = new Set(after.entries.map(({ id }) => id));
  const stale = before.entries.filter(({ id }) => !kept.has(id));
  return deleteEntries(cluster, { entries: stale });
}

/** Deletes every object of an inventory that still belongs to its Kustomization. */
export function deleteEntries(cluster: Cluster, { entries }: Inventory): string {
  const lines = [...entries].reverse().flatMap(({ id, v }) => {
    const { namespace, name, group: objectGroup, kind: kindName } = parseEntry(id);
    const apiVersion = objectGroup ? `${objectGroup}/${v}` : v;
    const kind = cluster.api.kinds.byKind(apiVersion, kindName);
    const object = kind && cluster.api.store.get({ kind, namespace, name });
    if (!kind || !object || object.metadata.deletionTimestamp) return [];
    const { labels = {}, annotations = {} } = object.metadata;
    const disabled = { ...labels, ...annotations };
    if (disabled[`${group}/prune`] === "disabled") return [`${shortName(object)} skipped`];
    if (!labels[`${group}/name`]) return [`${shortName(object)} skipped`];
    deleteObject(cluster.api, { kind, namespace, name });
    return [`${shortName(object)} deleted`];
  });
  return lines.join("\n");
}

/** One line for each object that changed. */
export function changeLog(applied: readonly AppliedObject[]): string {
  return applied
    .filter(({ action }) => action === "created" || action === "configured")
    .map(({ object, action }) => `${shortName(object)} ${action}`)
    .join("\n");
}

export function inventoryOf(applied: readonly AppliedObject[]): Inventory {
  const entries = applied.map(({ object }) => inventoryEntry(object));
  return { entries };
}

function dryRun(
  cluster: Cluster,
  object: KubeObject,
  { applied, force }: { readonly applied: readonly AppliedObject[]; readonly force: boolean },
): void {
  if (isExcluded(object)) return;
  try {
    applyObject(cluster.api, object, { manager, dryRun: true });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const kind = cluster.api.kinds.byKind(object.apiVersion, object.kind);
    const exists = kind && cluster.api.store.get({ kind, ...object.metadata });
    if (force && exists && (error.code === 409 || error.code === 422)) {
      deleteObject(cluster.api, { kind, ...object.metadata });
      return;
    }
    throw new ApplyFailure(refusal(object, error), applied);
  }
}

function refusal(object: KubeObject, error: ApiFailure): string {
  const name = shortName(object);
  if (error.message.startsWith("no matches for kind")) {
    return `${name} dry-run failed: ${error.message}`;
  }
  if (error.reason === "NotFound") {
    const what = object.metadata.namespace ? "not found" : "namespace not specified";
    return `${name} ${what}: ${error.message}`;
  }
  const reason = error.reason ? ` (${error.reason})` : "";
  return `${name} dry-run failed${reason}: ${error.message}`;
}

function apply(cluster: Cluster, object: KubeObject): AppliedObject {
  if (isExcluded(object)) return { object, action: "skipped" };
  return applyObject(cluster.api, object, { manager });
}

function isExcluded({ metadata }: KubeObject): boolean {
  const marks = { ...metadata.labels, ...metadata.annotations };
  return marks[`${group}/reconcile`] === "disabled" || marks[`${group}/ssa`] === "Ignore";
}

function ownedBy(owner: KubeObject, object: KubeObject): KubeObject {
  const labels = {
    ...object.metadata.labels,
    [`${group}/name`]: owner.metadata.name,
    [`${group}/namespace`]: owner.metadata.namespace ?? "",
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}

function byKind(a: KubeObject, b: KubeObject): number {
  const rank = ({ kind }: KubeObject) => {
    const at = kindOrder.indexOf(kind);
    return at < 0 ? kindOrder.length : at;
  };
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return shortName(a) < shortName(b) ? -1 : 1;
}
