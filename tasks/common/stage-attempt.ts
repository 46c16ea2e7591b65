import type { TaskEnv } from "./task-env.ts";

/** Which attempt of its stage a job belongs to, from 1. */
export function stageAttemptOf(env: Pick<TaskEnv, "variable">): number {
  return Number(env.variable("System.StageAttempt")) || 1;
}
