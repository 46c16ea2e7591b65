// The conditions of a Kustomization at each step, as kustomize-controller v1.9 words them.
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import { find, mark, unmark, type Conditions } from "./conditions.ts";
import { handledRequest, patchStatus, type FluxStatus } from "./flux-object.ts";
import type { Inventory } from "./inventory.ts";

export const kustomizationVersion = "kustomize.toolkit.fluxcd.io/v1";

export type KustomizationStatus = FluxStatus & {
  readonly lastAppliedRevision?: string;
  readonly lastAttemptedRevision?: string;
  readonly inventory?: Inventory;
  readonly history?: readonly HistoryEntry[];
};

type HistoryEntry = {
  readonly digest: string;
  readonly firstReconciled: string;
  readonly lastReconciled: string;
  readonly lastReconciledDuration: string;
  readonly lastReconciledStatus: string;
  readonly totalReconciliations: number;
  readonly metadata: { readonly revision: string };
};

export function statusOf(cluster: Cluster, object: KubeObject): KustomizationStatus {
  const kind = kindOf(cluster, kustomizationVersion, "Kustomization");
  const current = cluster.api.store.get({ kind, ...object.metadata });
  return current?.status ?? {};
}

/** A step has begun; Ready is unknown from the first one on. */
export function reportStep(
  cluster: Cluster,
  object: KubeObject,
  step: { readonly message: string; readonly fields?: object; readonly healthy?: boolean },
): void {
  const { message, fields = {}, healthy = false } = step;
  const reason = "Progressing";
  let conditions = set(cluster, object, { type: "Reconciling", status: "True", reason, message });
  const inProgress = "Reconciliation in progress";
  conditions = markOn(conditions, object, {
    ...{ type: "Ready", status: "Unknown", reason, message: inProgress },
  });
  if (healthy) {
    conditions = markOn(conditions, object, {
      type: "Healthy",
      status: "Unknown",
      reason,
      message,
    });
  }
  patchStatus(cluster, object, { ...fields, conditions });
}

/** Not ready, for now: retried, so the generation does not count as observed. */
export function reportFailure(
  cluster: Cluster,
  object: KubeObject,
  failure: { readonly reason: string; readonly message: string; readonly unhealthy?: string },
): void {
  const { reason, message, unhealthy } = failure;
  let conditions = set(cluster, object, { type: "Ready", status: "False", reason, message });
  const reconciling = find(conditions, "Reconciling");
  if (reconciling) {
    conditions = markOn(conditions, object, { ...reconciling, reason: "ProgressingWithRetry" });
  }
  if (unhealthy !== undefined) {
    const healthy = { type: "Healthy", status: "False", reason, message: unhealthy } as const;
    conditions = markOn(conditions, object, healthy);
  }
  patchStatus(cluster, object, { conditions, ...handledRequest(object) });
}

export function reportReady(cluster: Cluster, object: KubeObject, revision: string): void {
  const message = `Applied revision: ${revision}`;
  const reason = "ReconciliationSucceeded";
  const conditions = set(cluster, object, { type: "Ready", status: "True", reason, message });
  patchStatus(cluster, object, {
    conditions: unmark(conditions, "Reconciling", "Stalled"),
    lastAppliedRevision: revision,
    observedGeneration: object.metadata.generation,
    ...handledRequest(object),
  });
}

/** `message` when the check passed; undefined when there is none to make. */
export function reportHealth(cluster: Cluster, object: KubeObject, message?: string): void {
  const conditions = statusOf(cluster, object).conditions ?? [];
  const healthy = { type: "Healthy", status: "True", reason: "Succeeded" } as const;
  patchStatus(cluster, object, {
    conditions:
      message === undefined
        ? unmark(conditions, "Healthy")
        : markOn(conditions, object, { ...healthy, message }),
  });
}

/** The history after one more attempt: keyed by what was built and how it ended, newest first. */
export function addHistory(
  history: readonly HistoryEntry[] = [],
  entry: Pick<HistoryEntry, "digest" | "lastReconciledDuration" | "lastReconciledStatus"> & {
    readonly revision: string;
  },
): HistoryEntry[] {
  const { digest, lastReconciledDuration, lastReconciledStatus, revision } = entry;
  const same = (one: HistoryEntry) =>
    one.digest === digest && one.lastReconciledStatus === lastReconciledStatus;
  const before = history.find(same);
  const now = timestamp();
  const next: HistoryEntry = {
    digest,
    firstReconciled: before?.firstReconciled ?? now,
    lastReconciled: now,
    lastReconciledDuration,
    lastReconciledStatus,
    totalReconciliations: (before?.totalReconciliations ?? 0) + 1,
    metadata: { revision },
  };
  return [next, ...history.filter((one) => !same(one))].slice(0, 5);
}

function set(cluster: Cluster, object: KubeObject, next: Parameters<typeof mark>[2]): Conditions {
  return markOn(statusOf(cluster, object).conditions ?? [], object, next);
}

function markOn(
  conditions: Conditions,
  { metadata }: KubeObject,
  next: Parameters<typeof mark>[2],
): Conditions {
  return mark(conditions, metadata.generation ?? 1, next);
}
