// kube-controller-manager: which controller looks at what, and what wakes it.
import { createObject, deleteObject } from "../api/admit.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { isRecord, objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Change } from "../api/store.ts";
import { kindOf, writeStatus, type Cluster } from "../cluster.ts";
import { createController, type Again, type Controller } from "../controller.ts";
import { reconcileDeployment } from "./deployments.ts";
import { reconcileDaemonSet, reconcileJob, reconcileStatefulSet } from "./other-workloads.ts";
import { nodeName, podController } from "./pods.ts";
import { reconcileReplicaSet } from "./replica-sets.ts";

const reconcilers: Readonly<
  Record<string, { apiVersion: string; reconcile: (cluster: Cluster, object: KubeObject) => Again }>
> = {
  Deployment: { apiVersion: "apps/v1", reconcile: reconcileDeployment },
  ReplicaSet: { apiVersion: "apps/v1", reconcile: reconcileReplicaSet },
  StatefulSet: { apiVersion: "apps/v1", reconcile: reconcileStatefulSet },
  DaemonSet: { apiVersion: "apps/v1", reconcile: reconcileDaemonSet },
  Job: { apiVersion: "batch/v1", reconcile: reconcileJob },
};

/** Starts them; the returned function stops them. */
export function startWorkloads(
  cluster: Cluster,
  onError: (error: unknown) => void,
): () => Promise<void> {
  addNode(cluster);
  for (const namespace of cluster.api.store.list(kindOf(cluster, "v1", "Namespace"))) {
    addServiceAccount(cluster, namespace);
  }
  const controllers = new Map<string, Controller>(
    Object.entries(reconcilers).map(([name, { apiVersion, reconcile }]) => {
      const kind = kindOf(cluster, apiVersion, name);
      const controller = createController({
        onError: (_key, error) => onError(error),
        reconcile: (key) => {
          const [namespace = "", objectName = ""] = key.split("/");
          const object = cluster.api.store.get({ kind, namespace, name: objectName });
          return object && reconcile(cluster, object);
        },
      });
      return [name, controller];
    }),
  );
  controllers.set("Pod", podController(cluster, onError));
  const unsubscribe = cluster.api.store.subscribe(({ type, kind, object }) => {
    if (type !== "DELETED") controllers.get(kind.kind)?.enqueue(objectKey(object.metadata));
    if (type === "ADDED" && kind.kind === "Namespace") addServiceAccount(cluster, object);
    for (const owner of object.metadata.ownerReferences ?? []) {
      const { name } = owner;
      const { namespace } = object.metadata;
      controllers
        .get(owner.kind)
        ?.enqueue(objectKey({ name, ...(namespace ? { namespace } : {}) }));
    }
    setImmediate(() => collectGarbage(cluster, { type, object }));
  });
  return async () => {
    unsubscribe();
    await Promise.all([...controllers.values()].map((controller) => controller.stop()));
  };
}

function addNode(cluster: Cluster): void {
  const node = createObject(cluster.api, {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: nodeName, labels: { "kubernetes.io/hostname": nodeName } },
    spec: {},
  });
  const ready = { type: "Ready", status: "True", reason: "KubeletReady", message: "" };
  writeStatus(cluster, node, { conditions: [ready] });
}

function addServiceAccount({ api }: Cluster, { metadata }: KubeObject): void {
  const account = { name: "default", namespace: metadata.name };
  createObject(api, { apiVersion: "v1", kind: "ServiceAccount", metadata: account });
}

// Dependants follow their owner; what a namespace holds follows the namespace.
function collectGarbage(cluster: Cluster, { type, object }: Pick<Change, "type" | "object">): void {
  const { api, signal } = cluster;
  if (signal.aborted) return;
  const remove = (found: KubeObject) => {
    const kind = kindOf(cluster, found.apiVersion, found.kind);
    try {
      deleteObject(api, { kind, ...found.metadata });
    } catch (error) {
      if (!(error instanceof ApiFailure && error.code === 404)) throw error;
    }
  };
  if (type === "DELETED") {
    for (const kind of api.kinds.all()) {
      const dependants = api.store
        .list(kind, object.metadata.namespace)
        .filter(({ metadata }) =>
          metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid),
        );
      for (const dependant of dependants) remove(dependant);
    }
  }
  finishNamespace(cluster, object, remove);
}

function finishNamespace(
  cluster: Cluster,
  changed: KubeObject,
  remove: (object: KubeObject) => void,
): void {
  const { api } = cluster;
  const kind = kindOf(cluster, "v1", "Namespace");
  const name = changed.kind === "Namespace" ? changed.metadata.name : changed.metadata.namespace;
  const namespace = name ? api.store.get({ kind, name }) : undefined;
  if (!name || !namespace?.metadata.deletionTimestamp) return;
  const status = isRecord(namespace.status) ? namespace.status : {};
  if (status["phase"] !== "Terminating") {
    writeStatus(cluster, namespace, { phase: "Terminating" });
    return;
  }
  const content = api.kinds
    .all()
    .flatMap((one) => (one.namespaced ? api.store.list(one, name) : []));
  for (const object of content) if (!object.metadata.deletionTimestamp) remove(object);
  if (content.length > 0) return;
  api.store.update(kind, { ...namespace, metadata: { ...namespace.metadata, finalizers: [] } });
}
