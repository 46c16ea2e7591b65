// Everything the API holds: objects with uid, resourceVersion and generation, and the changes that
// watches read. Whoever reads gets a copy.
import { randomUUID } from "node:crypto";
import { alreadyExists, conflict, notFound } from "./api-failure.ts";
import { apiVersionOf, type Kind } from "./kinds.ts";
import { objectKey, sameJson, timestamp, type KubeObject } from "./kube-object.ts";

export type Change = {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly kind: Kind;
  readonly object: KubeObject;
  readonly old?: KubeObject;
  readonly version: number;
};

export type At = { readonly kind: Kind; readonly namespace?: string; readonly name: string };

export type Store = {
  readonly version: () => number;
  readonly get: (at: At) => KubeObject | undefined;
  readonly list: (kind: Kind, namespace?: string) => KubeObject[];
  readonly create: (kind: Kind, object: KubeObject) => KubeObject;
  /** Writes spec and metadata, or only the status. A change of nothing is no new version. */
  readonly update: (kind: Kind, object: KubeObject, what?: "status") => KubeObject;
  /** Gone at once, or marked while finalizers hold it. */
  readonly remove: (at: At) => KubeObject;
  /** Changes after that version; undefined when they are no longer remembered. */
  readonly since: (version: number) => readonly Change[] | undefined;
  /** From now on older versions are too old for a watch. */
  readonly forget: () => void;
  readonly subscribe: (listener: (change: Change) => void) => () => void;
};

const remembered = 5000;

export function createStore(): Store {
  const tables = new Map<string, Map<string, KubeObject>>();
  const listeners = new Set<(change: Change) => void>();
  let changes: Change[] = [];
  let forgotten = 0;
  let version = 0;

  const table = (kind: Kind) => {
    const key = `${kind.group}/${kind.plural}`;
    const found = tables.get(key) ?? new Map<string, KubeObject>();
    tables.set(key, found);
    return found;
  };
  const read = (at: At) => {
    const found = table(at.kind).get(objectKey(at));
    if (!found) throw notFound(at.kind, at.name);
    return found;
  };

  function write(type: Change["type"], kind: Kind, object: KubeObject): KubeObject {
    version += 1;
    const key = objectKey(object.metadata);
    const old = table(kind).get(key);
    const written = structuredClone(object);
    written.metadata.resourceVersion = String(version);
    if (type === "DELETED") table(kind).delete(key);
    else table(kind).set(key, written);
    const change: Change = { type, kind, object: written, version, ...(old ? { old } : {}) };
    changes.push(change);
    if (changes.length > remembered) {
      forgotten = changes[changes.length - remembered / 2]?.version ?? version;
      changes = changes.filter((entry) => entry.version > forgotten);
    }
    for (const listener of [...listeners]) listener(change);
    return structuredClone(written);
  }

  function create(kind: Kind, given: KubeObject): KubeObject {
    const object = structuredClone(given);
    const { metadata } = object;
    if (!metadata.name && metadata.generateName) {
      metadata.name = metadata.generateName + randomUUID().slice(0, 5);
    }
    if (table(kind).has(objectKey(metadata))) throw alreadyExists(kind, metadata.name);
    if (!kind.namespaced) delete metadata.namespace;
    metadata.uid = randomUUID();
    if (hasGeneration(kind)) metadata.generation = 1;
    metadata.creationTimestamp = timestamp();
    object.apiVersion ||= apiVersionOf(kind);
    return write("ADDED", kind, object);
  }

  function update(kind: Kind, given: KubeObject, what?: "status"): KubeObject {
    const old = read({ kind, ...given.metadata });
    const { resourceVersion } = given.metadata;
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(kind, given.metadata.name);
    }
    const next = structuredClone(what === "status" ? { ...old, status: given.status } : given);
    if (what !== "status" && kind.hasStatus) {
      if (old.status === undefined) delete next.status;
      else next.status = old.status;
    }
    next.metadata = what === "status" ? { ...old.metadata } : keepServerFields(next, old);
    // Binding a pod to its node is no new generation.
    if (hasGeneration(kind) && kind.kind !== "Pod" && !sameJson(desired(next), desired(old))) {
      next.metadata.generation = (old.metadata.generation ?? 1) + 1;
    }
    if (sameJson(next, old)) return structuredClone(old);
    const { deletionTimestamp, finalizers = [] } = next.metadata;
    if (deletionTimestamp && finalizers.length === 0) return write("DELETED", kind, next);
    return write("MODIFIED", kind, next);
  }

  function remove(at: At): KubeObject {
    const old = read(at);
    if ((old.metadata.finalizers ?? []).length === 0) return write("DELETED", at.kind, old);
    if (old.metadata.deletionTimestamp) return structuredClone(old);
    const metadata = {
      ...old.metadata,
      deletionTimestamp: timestamp(),
      deletionGracePeriodSeconds: 0,
      ...(old.metadata.generation ? { generation: old.metadata.generation + 1 } : {}),
    };
    return write("MODIFIED", at.kind, { ...old, metadata });
  }

  return {
    version: () => version,
    get: (at) => structuredClone(table(at.kind).get(objectKey(at))),
    list: (kind, namespace) =>
      [...table(kind).entries()]
        .filter(([, { metadata }]) => !namespace || metadata.namespace === namespace)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, object]) => structuredClone(object)),
    create,
    update,
    remove,
    since: (from) =>
      from < forgotten ? undefined : changes.filter((change) => change.version > from),
    forget: () => {
      forgotten = version;
      changes = [];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const withoutGeneration = [
  ...["Namespace", "Node", "Service", "ConfigMap", "Secret", "ServiceAccount", "Event"],
  ...["Endpoints", "HorizontalPodAutoscaler", "PersistentVolume", "PersistentVolumeClaim"],
  ...["LimitRange", "ResourceQuota", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
  ...["Lease", "StorageClass", "ControllerRevision"],
];

function hasGeneration({ kind, custom }: Kind): boolean {
  return custom || !withoutGeneration.includes(kind);
}

function keepServerFields({ metadata }: KubeObject, { metadata: old }: KubeObject) {
  const kept = { ...metadata };
  for (const field of ["uid", "creationTimestamp", "deletionTimestamp"] as const) {
    if (old[field] === undefined) delete kept[field];
    else kept[field] = old[field];
  }
  if (old.generation === undefined) delete kept.generation;
  else kept.generation = old.generation;
  kept.resourceVersion = old.resourceVersion ?? "";
  return kept;
}

// What a new generation stands for: all but metadata and status.
function desired(object: KubeObject): Partial<KubeObject> {
  const rest: Partial<KubeObject> = { ...object };
  delete rest.metadata;
  delete rest.status;
  return rest;
}
