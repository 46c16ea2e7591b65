import { findCondition, isTrue, readConditions } from "../flux/condition.ts";
import { textAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";
import { podProblem } from "./pod-problem.ts";

/** kstatus: podConditions. Its 15 s for scheduling are the gate's grace. */
export function podHealth(pod: unknown): Health {
  const problem = podProblem(pod);
  const phase = textAt(pod, "status", "phase") ?? "";
  const conditions = readConditions(pod);
  if (phase === "Succeeded") return current;
  if (phase === "Failed") {
    const reason = textAt(pod, "status", "reason") ?? problem?.reason ?? "PodFailed";
    const cause = textAt(pod, "status", "message") ?? problem?.cause ?? "the pod has failed";
    return failed(reason, cause);
  }
  if (problem !== undefined) return failed(problem.reason, problem.cause);
  if (phase === "Running") {
    return isTrue(conditions, "Ready") ? current : inProgress("the pod runs but is not ready");
  }
  if (phase !== "Pending") return inProgress("the pod has no phase yet");
  const scheduled = findCondition(conditions, "PodScheduled");
  if (scheduled?.status === "False" && scheduled.reason === "Unschedulable") {
    return failed("Unschedulable", scheduled.message || "no node can take the pod");
  }
  return inProgress("the pod is pending");
}
