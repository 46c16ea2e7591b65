import { beginRun } from "./queue-run.ts";
import type { PipelinesState, Result, Run } from "./state.ts";

/** Ends what runs, as the service's Cancel: jobs that wait or work are cancelled. */
export function cancelRun(state: PipelinesState, run: Run): void {
  if (run.status === "completed") return;
  run.status = "cancelling";
  state.organisation.events.emit("buildChanged", { id: run.id });
  for (const cancel of [...run.cancellations]) cancel();
}

const done: readonly Result[] = ["succeeded", "succeededWithIssues"];

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
  if (!stages.some(({ name }) => name === stage)) return `there is no stage ${stage}`;
  if (run.status !== "completed" || (result !== "failed" && result !== "canceled")) {
    return `stage ${stage} is not in a state that can be retried`;
  }
  run.attempts.set(stage, (run.attempts.get(stage) ?? 1) + 1);
  run.stageResults.delete(stage);
  const jobs = run.jobResults.get(stage) ?? new Map<string, Result>();
  for (const [job, jobResult] of jobs) {
    if (allJobs || !done.includes(jobResult)) jobs.delete(job);
  }
  for (const later of dependants(run, stage)) {
    run.stageResults.delete(later);
    run.jobResults.delete(later);
  }
  run.status = "inProgress";
  run.result = undefined;
  run.finishTime = undefined;
  beginRun(state, run);
  return undefined;
}

function dependants(run: Run, stage: string): ReadonlySet<string> {
  const found = new Set([stage]);
  const stages = run.pipeline?.stages ?? [];
  stages.forEach(({ name, dependsOn }, index) => {
    const previous = stages[index - 1];
    const before = dependsOn ?? (previous ? [previous.name] : []);
    if (before.some((one) => found.has(one))) found.add(name);
  });
  found.delete(stage);
  return found;
}
