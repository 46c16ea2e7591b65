import type { Condition } from "../flux/condition.ts";
import { isTrue, readConditions } from "../flux/condition.ts";
import { flagAt, numberAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

// Written by people who want no deadline; the Progressing condition is then absent.
const noDeadline = 2 ** 31 - 1;

/** kstatus: deploymentConditions. */
export function deploymentHealth(object: unknown): Health {
  const conditions = readConditions(object);
  const late = progressOf(conditions).find(({ reason }) => reason === "ProgressDeadlineExceeded");
  if (late !== undefined) return failed(late.reason, late.message || "no progress in time");
  const state = rollout(object, conditions);
  if (state.state !== "in-progress" || !flagAt(object, "spec", "paused")) return state;
  return inProgress(`it is paused (spec.paused), so nothing of it is rolled out: ${state.cause}`);
}

function progressOf(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ type }) => type === "Progressing");
}

function rollout(object: unknown, conditions: readonly Condition[]): Health {
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const count = (field: string) => numberAt(object, "status", field) ?? 0;
  if (wanted > count("replicas")) return inProgress(`${count("replicas")} of ${wanted} pods made`);
  if (wanted > count("updatedReplicas")) {
    return inProgress(`${count("updatedReplicas")} of ${wanted} pods updated`);
  }
  if (count("replicas") > wanted) {
    return inProgress(`${count("replicas") - wanted} old pods still there`);
  }
  if (count("updatedReplicas") > count("availableReplicas")) {
    return inProgress(
      `${count("availableReplicas")} of ${count("updatedReplicas")} pods available`,
    );
  }
  if (wanted > count("readyReplicas")) {
    return inProgress(`${count("readyReplicas")} of ${wanted} pods ready`);
  }
  const unlimited = numberAt(object, "spec", "progressDeadlineSeconds") === noDeadline;
  const rolledOut = progressOf(conditions).some(
    ({ status, reason }) => status === "True" && reason === "NewReplicaSetAvailable",
  );
  if (!unlimited && !rolledOut) return inProgress("its new ReplicaSet is not available yet");
  return isTrue(conditions, "Available") ? current : inProgress("it is not available yet");
}
