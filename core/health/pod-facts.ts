import { findCondition, readConditions } from "../flux/condition.ts";
import { numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import { podProblem } from "./pod-problem.ts";

/** One pod as an operator reads it: no messages, which may quote what is secret. */
export type PodFacts = {
  readonly name: string;
  /** `Running`, `Pending`, …; `Terminating` once it is being deleted. */
  readonly phase: string;
  readonly ready: number;
  readonly containers: number;
  readonly restarts: number;
  /** Why it is not well: `CrashLoopBackOff`, `Unschedulable`, `OOMKilled`, … */
  readonly reason?: string;
  /** Of the container that ended last. */
  readonly exitCode?: number;
  readonly startedAt?: string;
};

export function podFacts(pod: unknown): PodFacts {
  const statuses = objectsAt(pod, "status", "containerStatuses");
  const all = [...objectsAt(pod, "status", "initContainerStatuses"), ...statuses];
  const deleted = textAt(pod, "metadata", "deletionTimestamp") !== undefined;
  const reason = reasonOf(pod);
  const ended = all
    .flatMap((status) => [
      numberAt(status, "state", "terminated", "exitCode"),
      numberAt(status, "lastState", "terminated", "exitCode"),
    ])
    .find((code) => code !== undefined && code !== 0);
  const startedAt = textAt(pod, "status", "startTime");
  return {
    name: textAt(pod, "metadata", "name") ?? "?",
    phase: deleted ? "Terminating" : (textAt(pod, "status", "phase") ?? "Unknown"),
    ready: statuses.filter(({ ready }) => ready === true).length,
    containers: Math.max(statuses.length, objectsAt(pod, "spec", "containers").length),
    restarts: all.reduce((sum, status) => sum + (numberAt(status, "restartCount") ?? 0), 0),
    ...(reason === undefined ? {} : { reason }),
    ...(ended === undefined ? {} : { exitCode: ended }),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function reasonOf(pod: unknown): string | undefined {
  const problem = podProblem(pod)?.reason ?? textAt(pod, "status", "reason");
  if (problem !== undefined) return problem;
  const scheduled = findCondition(readConditions(pod), "PodScheduled");
  if (scheduled?.status === "False") return scheduled.reason || "Unschedulable";
  // It runs again; what ended it is what an operator asks for. A job's pod that is done is well.
  return objectsAt(pod, "status", "containerStatuses").flatMap((status) => {
    const ended = [
      objectAt(status, "state", "terminated"),
      objectAt(status, "lastState", "terminated"),
    ];
    return ended.flatMap((end) =>
      (numberAt(end, "exitCode") ?? 0) === 0 ? [] : (textAt(end, "reason") ?? []),
    );
  })[0];
}
