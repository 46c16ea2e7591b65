import { timestamp } from "../api/kube-object.ts";
import type { FluxStatus } from "./flux-object.ts";
import type { Inventory } from "./inventory.ts";
import { setCondition, type Draft } from "./status-draft.ts";

export const kustomizationVersion = "kustomize.toolkit.fluxcd.io/v1";

export type KustomizationStatus = FluxStatus & {
  readonly lastAppliedRevision?: string;
  /** The commit that an OCI artifact was made from, where its annotations say so. */
  readonly lastAppliedOriginRevision?: string;
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

export type KustomizationDraft = Draft<KustomizationStatus>;

export function setReconciling(draft: Draft, message: string): void {
  setCondition(draft, { type: "Reconciling", status: "True", reason: "Progressing", message });
}

export function setNotReady(draft: Draft, reason: string, message: string): void {
  setCondition(draft, { type: "Ready", status: "False", reason, message });
}

type Attempted = Pick<
  HistoryEntry,
  "digest" | "lastReconciledDuration" | "lastReconciledStatus"
> & { readonly revision: string };

/** Adds an attempt to the history: keyed by what was built and how it ended, newest first. */
export function addHistory(draft: KustomizationDraft, attempted: Attempted): void {
  const { digest, lastReconciledDuration, lastReconciledStatus, revision } = attempted;
  const { history = [] } = draft.status;
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
  const others = history.filter((one) => !same(one));
  draft.status = { ...draft.status, history: [next, ...others].slice(0, 5) };
}
