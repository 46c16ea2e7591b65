import { findCondition, isTrue, readConditions } from "../flux/condition.ts";
import { numberAt } from "../flux/read-json.ts";
import { current, failed, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";

/**
 * As Flux reads Jobs (fluxcd/pkg runtime/statusreaders/job.go): done when complete. kstatus itself
 * calls a Job current as soon as it has started, which would be green too early.
 */
export function jobHealth(object: unknown): Health {
  const conditions = readConditions(object);
  const failure = findCondition(conditions, "Failed");
  if (failure?.status === "True") {
    return failed(failure.reason || "JobFailed", failure.message || "the Job has failed");
  }
  if (isTrue(conditions, "Complete")) return current;
  if (isTrue(conditions, "Suspended")) return inProgress("the Job is suspended");
  const done = numberAt(object, "status", "succeeded") ?? 0;
  return inProgress(`${done} of ${numberAt(object, "spec", "completions") ?? 1} completed`);
}
