import type { Result, Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Hook, Job, Stage } from "../yaml/model.ts";
import { beginDeployment } from "./deployments.ts";
import { executeJob, jobNames } from "./execute-job.ts";
import { hookInstance, legsOf } from "./instances.ts";
import type { Instance } from "./job-context.ts";
import { addIssue, addRecord, endRecord, logLines } from "./records.ts";
import { good, worst } from "./results.ts";
import { variablesValue } from "./scopes.ts";
import { scopedVariables } from "./predefined.ts";
import { resolveRuntime } from "./runtime-values.ts";

export type AtPhase = {
  readonly run: Run;
  readonly stage: Stage;
  readonly job: Job;
  readonly phase: TimelineRecord;
  readonly stageAttempt: number;
  readonly order: number;
};

/** Runs what a job of the YAML stands for: one job, the legs of its matrix, or its hooks. */
export async function executePhase(state: PipelinesState, at: AtPhase): Promise<Result> {
  const { run, stage, job } = at;
  const { strategy } = job;
  if (strategy.kind === "runOnce") return deploy(state, at, strategy.hooks);
  const names = jobNames(run, stage.name);
  const variables = scopedVariables(state, run, [stage, job]);
  resolveRuntime(run, variables, { names });
  const legs = legsOf(job, { names: { ...names, variables: variablesValue(variables) } });
  const most = strategy.kind === "matrix" ? strategy.maxParallel : 0;
  const results = await atMost(most, legs, (leg, index) => executeOne(state, at, { leg, index }));
  return worst(results);
}

/** Adds the record of a phase's job; the phase of an ordinary job has one of the same name. */
export function jobRecord(at: AtPhase, instance: Instance, index = 0): TimelineRecord {
  const { run, stage, job, phase } = at;
  return addRecord(run, {
    ...{ type: "Job", path: [stage.name, job.name, instance.name], name: instance.displayName },
    ...{ parent: phase, order: index + 1, attempt: phase.attempt },
  });
}

// A job that cannot even begin fails with the reason in its log.
async function executeOne(
  state: PipelinesState,
  at: AtPhase,
  { leg, index }: { readonly leg: Instance; readonly index: number },
): Promise<Result> {
  const { run, stage, job, stageAttempt } = at;
  const record = jobRecord(at, leg, index);
  try {
    return await executeJob(state, { run, stage, job, instance: leg, record, stageAttempt });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logLines(state, { run, record }, [`##[error]${message}`]);
    addIssue(run, record, { type: "error", message });
    endRecord(state, run, { record, result: "failed" });
    return "failed";
  }
}

// https://learn.microsoft.com/azure/devops/pipelines/process/deployment-jobs
async function deploy(state: PipelinesState, at: AtPhase, hooks: readonly Hook[]): Promise<Result> {
  const { run, stage, job, stageAttempt } = at;
  const end = beginDeployment(state, { run, stage, job, stageAttempt });
  const alone = hooks.length === 1;
  const main = hooks.filter(({ name }) => !name.startsWith("on"));
  let result: Result = "succeeded";
  let index = 0;
  const runHook = (hook: Hook) =>
    executeOne(state, at, { leg: hookInstance(job, hook, alone), index: index++ });
  for (const hook of main) {
    result = worst([result, await runHook(hook)]);
    if (!good.includes(result)) break;
  }
  const after = good.includes(result) ? "onSuccess" : "onFailure";
  const last = hooks.find(({ name }) => name === after);
  if (last && result !== "canceled") {
    const outcome = await runHook(last);
    if (after === "onSuccess") result = worst([result, outcome]);
  }
  end(result);
  return result;
}

async function atMost<T, R>(
  most: number,
  all: readonly T[],
  work: (one: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  let next = 0;
  const lane = async () => {
    while (next < all.length) {
      const index = next++;
      const item = all[index];
      if (item !== undefined) results.set(index, await work(item, index));
    }
  };
  const lanes = most > 0 ? Math.min(most, all.length) : all.length;
  await Promise.all(Array.from({ length: lanes }, lane));
  return [...results.values()];
}
