// Why a pod is not there or not up yet, in the words of whoever holds it back. None of it is a failure
// by itself: nodes, volumes and quota may come.
import { findCondition, readConditions } from "../flux/condition.ts";
import { numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import type { Json } from "../flux/read-json.ts";

/** The first thing that holds a pod back; undefined where nothing is told. */
export function podDelay(pod: unknown): string | undefined {
  const name = `pod ${textAt(pod, "metadata", "name") ?? "?"}`;
  const scheduled = findCondition(readConditions(pod), "PodScheduled");
  // The scheduler's own words: they name nodes, taints, and volume claims that are not bound.
  if (scheduled?.status === "False") {
    return `${name} is not scheduled: ${scheduled.message || scheduled.reason}`;
  }
  for (const [list, what] of [
    ["initContainerStatuses", "init container"],
    ["containerStatuses", "container"],
  ] as const) {
    for (const status of objectsAt(pod, "status", list)) {
      const delay = containerDelay(status, what);
      if (delay !== undefined) return `${name}, ${delay}`;
    }
  }
  const message = textAt(pod, "status", "message");
  return message === undefined ? undefined : `${name}: ${message}`;
}

function containerDelay(status: Json, what: string): string | undefined {
  const name = `${what} ${textAt(status, "name") ?? "?"}`;
  const ended = endOf(objectAt(status, "state", "terminated"));
  if (ended !== undefined) return `${name} ${ended}`;
  if (what === "init container") {
    const runs = Object.keys(objectAt(status, "state", "running")).length > 0;
    // A sidecar is one that runs on, and says that it has started.
    return runs && status["started"] !== true ? `${name} still runs` : undefined;
  }
  if (status["ready"] === true) return undefined;
  const last = endOf(objectAt(status, "lastState", "terminated"));
  return last === undefined ? undefined : `${name} is not ready, and before ${last}`;
}

function endOf(terminated: Json): string | undefined {
  const exit = numberAt(terminated, "exitCode");
  if (exit === undefined || exit === 0) return undefined;
  const reason = textAt(terminated, "reason");
  const message = textAt(terminated, "message");
  const why = reason === undefined || reason === "Error" ? "" : ` (${reason})`;
  return `ended with exit code ${exit}${why}${message === undefined ? "" : `: ${message}`}`;
}

/** Why a workload's pods are not even made: quota, a policy, a missing service account. */
export function replicaFailure(owners: readonly unknown[]): string | undefined {
  for (const owner of owners) {
    const failure = findCondition(readConditions(owner), "ReplicaFailure");
    if (failure?.status === "True") return `${failure.reason}: ${failure.message}`;
  }
  return undefined;
}
