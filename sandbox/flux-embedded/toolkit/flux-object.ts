// What the Flux kinds have in common: finalizer, suspension, requests, conditions.
import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Conditions } from "./conditions.ts";

export const requestedAt = "reconcile.fluxcd.io/requestedAt";
export const finalizer = "finalizers.fluxcd.io";

export type FluxStatus = {
  readonly observedGeneration?: number;
  readonly conditions?: Conditions;
  readonly lastHandledReconcileAt?: string;
};

/** Looks an object of a Flux kind up by `namespace/name`. */
export function fluxObject(
  cluster: Cluster,
  { apiVersion, kind, key }: { apiVersion: string; kind: string; key: string },
): KubeObject | undefined {
  const [namespace = "", name = ""] = key.split("/");
  return cluster.api.store.get({ kind: kindOf(cluster, apiVersion, kind), namespace, name });
}

/** The object with its finalizer, so that its deletion can be followed up. */
export function withFinalizer(cluster: Cluster, object: KubeObject): KubeObject {
  const { finalizers = [] } = object.metadata;
  if (finalizers.includes(finalizer)) return object;
  const metadata = { ...object.metadata, finalizers: [...finalizers, finalizer] };
  return cluster.api.store.update(kindOf(cluster, object.apiVersion, object.kind), {
    ...object,
    metadata,
  });
}

/** Lets a deleted object go. */
export function removeFinalizer(cluster: Cluster, object: KubeObject): void {
  const kind = kindOf(cluster, object.apiVersion, object.kind);
  const current = cluster.api.store.get({ kind, ...object.metadata });
  if (!current) return;
  const finalizers = (current.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  cluster.api.store.update(kind, { ...current, metadata: { ...current.metadata, finalizers } });
}

/** Generation or request annotation differ: what wakes a Flux controller. */
export function asksForReconcile(object: KubeObject, old: KubeObject | undefined): boolean {
  if (!old) return true;
  const request = ({ metadata }: KubeObject) => metadata.annotations?.[requestedAt];
  return (
    object.metadata.generation !== old.metadata.generation ||
    request(object) !== request(old) ||
    object.metadata.deletionTimestamp !== old.metadata.deletionTimestamp
  );
}

export function handledRequest({ metadata }: KubeObject): { lastHandledReconcileAt?: string } {
  const value = metadata.annotations?.[requestedAt];
  return value ? { lastHandledReconcileAt: value } : {};
}
