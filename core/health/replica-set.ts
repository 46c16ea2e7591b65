import { findCondition, readConditions } from "../flux/condition.ts";
import { numberAt } from "../flux/read-json.ts";
import { current, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

/** kstatus: replicasetConditions. */
export function replicaSetHealth(object: unknown): Health {
  const failure = findCondition(readConditions(object), "ReplicaFailure");
  if (failure?.status === "True") return inProgress(failure.message || "pods cannot be made");
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const count = (field: string) => numberAt(object, "status", field) ?? 0;
  const steps = [
    ["fullyLabeledReplicas", "labelled"],
    ["availableReplicas", "available"],
    ["readyReplicas", "ready"],
  ] as const;
  for (const [field, done] of steps) {
    if (wanted > count(field)) return inProgress(`${count(field)} of ${wanted} pods ${done}`);
  }
  const extra = count("replicas") - wanted;
  return extra > 0 ? inProgress(`${extra} pods still to be removed`) : current;
}
