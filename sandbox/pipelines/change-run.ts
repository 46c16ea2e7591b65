import { dependants } from "./engine/in-order.ts";
import { good } from "./engine/results.ts";
import { tell } from "./engine/tell.ts";
import { beginRun } from "./queue-run.ts";
import type { Result, Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";

/** Ends what runs, as the service's Cancel: jobs that wait or work are cancelled. */
export function cancelRun(state: PipelinesState, run: Run): void {
  if (run.status === "completed") return;
  run.status = "cancelling";
  tell(state, run);
  for (const { cancel } of [...run.cancellations]) cancel();
}

/** Ends one stage. @returns why it cannot be ended. */
export function cancelStage(state: PipelinesState, run: Run, stage: string): string | undefined {
  if (!run.pipeline?.stages.some(({ name }) => name === stage)) return noStage(stage);
  if (run.status === "completed" || run.stageResults.has(stage)) {
    return `Stage ${stage} has completed and cannot be canceled.`;
  }
  run.cancelledStages.add(stage);
  for (const one of [...run.cancellations]) if (one.stage === stage) one.cancel();
  tell(state, run);
  return undefined;
}

/** Starts a stage with `trigger: manual`. @returns why it cannot be started. */
export function startStage(run: Run, stage: string): string | undefined {
  const found = run.pipeline?.stages.find(({ name }) => name === stage);
  if (!found) return noStage(stage);
  if (!found.manual || run.stageResults.has(stage)) return `Stage ${stage} cannot be started.`;
  run.startedStages.add(stage);
  run.stageStarts.get(stage)?.();
  return undefined;
}

/**
 * Runs a stage again, and what depends on it. Jobs that went well keep their result unless
 * `allJobs`. @returns why it cannot be retried.
 */
export function retryStage(
  state: PipelinesState,
  run: Run,
  { stage, allJobs }: { readonly stage: string; readonly allJobs: boolean },
): string | undefined {
  const stages = run.pipeline?.stages ?? [];
  const result = run.stageResults.get(stage);
  if (!stages.some(({ name }) => name === stage)) return noStage(stage);
  const ended = result === "failed" || result === "canceled" || (allJobs && result !== undefined);
  if (run.status !== "completed" || !ended) {
    return `Stage ${stage} is not in a state that can be retried.`;
  }
  begin(run, stage, allJobs);
  restart(state, run);
  return undefined;
}

/** Runs again whatever failed. @returns why it cannot be retried. */
export function retryRun(state: PipelinesState, run: Run): string | undefined {
  const failed = [...run.stageResults].filter(
    ([, result]) => result === "failed" || result === "canceled",
  );
  if (run.status !== "completed" || failed.length === 0) {
    return `Build ${run.id} is not in a state that can be retried.`;
  }
  for (const [stage] of failed) if (run.stageResults.has(stage)) begin(run, stage, false);
  restart(state, run);
  return undefined;
}

function begin(run: Run, stage: string, allJobs: boolean): void {
  next(run, stage);
  const jobs = run.jobResults.get(stage) ?? new Map<string, Result>();
  for (const [job, jobResult] of jobs) {
    if (allJobs || !good.includes(jobResult)) jobs.delete(job);
  }
  for (const later of dependants(run.pipeline?.stages ?? [], stage)) {
    // What was not reached before has had no attempt.
    if (run.stageResults.get(later) !== "skipped") next(run, later);
    run.stageResults.delete(later);
    run.jobResults.delete(later);
  }
}

function next(run: Run, stage: string): void {
  run.attempts.set(stage, (run.attempts.get(stage) ?? 1) + 1);
  run.stageResults.delete(stage);
  run.cancelledStages.delete(stage);
}

function restart(state: PipelinesState, run: Run): void {
  run.status = "inProgress";
  run.result = undefined;
  run.finishTime = undefined;
  beginRun(state, run);
}

function noStage(stage: string): string {
  return `There is no stage ${stage}.`;
}
