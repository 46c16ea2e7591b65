import type { Api } from "./api/admit.ts";
import { notFound } from "./api/api-failure.ts";
import type { Kind } from "./api/kinds.ts";
import type { KubeObject } from "./api/kube-object.ts";

export type Timings = {
  /** Between two looks of a health check; 5 s in Flux. */
  readonly healthPoll: number;
  /** Until a dependency or a missing artifact is looked at again (`--requeue-dependency`). */
  readonly requeueDependency: number;
  /** Of a Kustomization, whatever its spec says; 30 s in Flux. */
  readonly minimumTimeout: number;
  /** How long an image whose tag begins with `slow` takes. */
  readonly slowImage: number;
  /** Between two bookmarks of a watch. */
  readonly bookmark: number;
};

/** What the controllers work with. */
export type Cluster = {
  readonly api: Api;
  /** Where fetched repositories and artifacts lie. */
  readonly directory: string;
  /** Path of kubectl, for `kubectl kustomize`. */
  readonly kubectl: string;
  /** Path of helm, for `helm template`. */
  readonly helm: string;
  readonly timings: Timings;
  /** Aborted when the cluster stops. */
  readonly signal: AbortSignal;
  readonly record: (event: RecordedEvent) => void;
};

export type RecordedEvent = {
  readonly object: KubeObject;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly controller: string;
  /** Only a Kubernetes Event: never sent to the notification-controller. */
  readonly quiet?: boolean;
  /** Keys without their group prefix, as they leave the notification-controller. */
  readonly metadata?: Readonly<Record<string, string>>;
};

export function kindOf({ api }: Pick<Cluster, "api">, apiVersion: string, kind: string): Kind {
  const found = api.kinds.byKind(apiVersion, kind);
  if (!found) throw notFound({ group: apiVersion, plural: kind }, kind);
  return found;
}

/** Objects that name `owner` as their controller. */
export function owned(cluster: Cluster, kind: Kind, owner: KubeObject): KubeObject[] {
  return cluster.api.store
    .list(kind, owner.metadata.namespace)
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some(
        ({ uid, controller }) => controller && uid === owner.metadata.uid,
      ),
    );
}

export function ownerReference({ apiVersion, kind, metadata }: KubeObject) {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Writes the status if it differs; no conflict, since controllers read and write in one turn. */
export function writeStatus(cluster: Cluster, object: KubeObject, status: unknown): KubeObject {
  const { api } = cluster;
  const kind = kindOf(cluster, object.apiVersion, object.kind);
  const current = api.store.get({ kind, ...object.metadata });
  if (!current || current.metadata.uid !== object.metadata.uid) return object;
  return api.store.update(kind, { ...current, status }, "status");
}
