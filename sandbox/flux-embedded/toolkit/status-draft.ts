// Flux' controllers change a copy of the status while they work and patch it at some points only,
// conditions first and the rest in a second request. Watchers therefore see Ready=True before the
// revision that it speaks of.
import { sameJson, type Condition, type KubeObject } from "../api/kube-object.ts";
import { kindOf, writeStatus, type Cluster } from "../cluster.ts";
import { find, mark, unmark, type Conditions } from "./conditions.ts";
import { handledRequest, type FluxStatus } from "./flux-object.ts";

export type Draft<Status extends FluxStatus = FluxStatus> = {
  readonly object: KubeObject;
  status: Status;
};

export function draftOf<Status extends FluxStatus>(object: KubeObject): Draft<Status> {
  return { object, status: structuredClone(object.status ?? {}) as Status };
}

export function setCondition(
  draft: Draft,
  next: Pick<Condition, "type" | "status" | "reason" | "message">,
): void {
  const generation = draft.object.metadata.generation ?? 1;
  setConditions(draft, mark(draft.status.conditions ?? [], generation, next));
}

export function dropConditions(draft: Draft, ...types: readonly string[]): void {
  setConditions(draft, unmark(draft.status.conditions ?? [], ...types));
}

export function conditionOf({ status }: Draft, type: string): Condition | undefined {
  return find(status.conditions ?? [], type);
}

function setConditions(draft: Draft, conditions: Conditions): void {
  draft.status = { ...draft.status, conditions };
}

/** Makes what the draft says visible; nothing once the cluster stops or the object is another. */
export function persist(cluster: Cluster, { object, status }: Draft): void {
  if (cluster.signal.aborted) return;
  const kind = kindOf(cluster, object.apiVersion, object.kind);
  const current = cluster.api.store.get({ kind, ...object.metadata });
  if (!current || current.metadata.uid !== object.metadata.uid) return;
  const before = (current.status ?? {}) as FluxStatus;
  const { conditions = [] } = status;
  if (!sameJson(before.conditions ?? [], conditions)) {
    writeStatus(cluster, object, { ...before, conditions });
  }
  writeStatus(cluster, object, status);
}

/** The end of every pass: what Ready means for the other fields, and which request was handled. */
export function finish(cluster: Cluster, draft: Draft): void {
  const ready = conditionOf(draft, "Ready")?.status;
  const observed = { observedGeneration: draft.object.metadata.generation ?? 1 };
  draft.status = { ...draft.status, ...handledRequest(draft.object) };
  if (ready === "True") {
    dropConditions(draft, "Reconciling", "Stalled");
    draft.status = { ...draft.status, ...observed };
  }
  const reconciling = conditionOf(draft, "Reconciling");
  if (ready === "False" && reconciling) {
    setCondition(draft, { ...reconciling, reason: "ProgressingWithRetry" });
  }
  persist(cluster, draft);
}
