import { passCheckpoint } from "../checks/pass-checkpoint.ts";
import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { toBoolean } from "../expressions/values.ts";
import type { Result, Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Job, Stage } from "../yaml/model.ts";
import { executePhase, jobRecord, type AtPhase } from "./execute-phase.ts";
import { inOrder, type Before } from "./in-order.ts";
import { hookInstance, legsOf } from "./instances.ts";
import { addIssue, addRecord, beginRecord, endRecord, logLines } from "./records.ts";
import { jobNames } from "./execute-job.ts";
import { scopedVariables, stageNames } from "./predefined.ts";
import { worst } from "./results.ts";
import { resolveRuntime } from "./runtime-values.ts";
import { dependencyFunctions, pipelineValue, stageDependencies, variablesValue } from "./scopes.ts";
import { tell } from "./tell.ts";
import { setAll, type Variables } from "./variables.ts";
import { waitForStart } from "./wait-for-start.ts";

export type AtStage = {
  readonly run: Run;
  readonly stage: Stage;
  readonly record: TimelineRecord;
  readonly before: Before;
};

/** Runs a stage when its condition holds and its checks have passed. */
export async function executeStage(state: PipelinesState, at: AtStage): Promise<Result> {
  const { run, stage, record } = at;
  const before = withoutSkipped(at);
  const end = (result: Result): Result => {
    endRecord(state, run, { record, result });
    tell(state, run);
    return result;
  };
  const cancelled = () => run.status === "cancelling" || run.cancelledStages.has(stage.name);
  const variables = scopedVariables(state, run, [stage]);
  setAll(variables, stageNames(stage, record.attempt));
  const names = { dependencies: stageDependencies(run), pipeline: pipelineValue(run) };
  resolveRuntime(run, variables, { names: { ...names, stageDependencies: {} } });
  const scope: Scope = {
    names: { ...names, variables: variablesValue(variables) },
    functions: dependencyFunctions(before, cancelled),
  };
  if (run.stagesToSkip.has(stage.name)) return end("skipped");
  const met = conditionOf(state, at, { condition: stage.condition, scope });
  if (met === undefined) return end("failed");
  if (!met) return end(cancelled() ? "canceled" : "skipped");
  if (stage.manual && !(await waitForStart(run, stage.name))) return end("canceled");
  const checkpoint = await passCheckpoint(state, { run, stage, record });
  if (checkpoint.verdict !== "passed") {
    checkpoint.release();
    return end(checkpoint.verdict);
  }
  beginRecord(state, run, record);
  tell(state, run);
  try {
    // A stage that begins although the run is cancelled runs its jobs as any other (documents:
    // Conditions, "If I cancel a pipeline").
    const already = cancelled();
    const stopped = () => !already && cancelled();
    return end(await executeJobs(state, at, { variables, cancelled: stopped }));
  } finally {
    checkpoint.release();
  }
}

// What whoever started the run has left out counts as if nothing depended on it. UNVERIFIED.
function withoutSkipped({ run: { stagesToSkip }, before: { direct, all } }: AtStage): Before {
  const kept = (results: ReadonlyMap<string, Result>) =>
    new Map([...results].filter(([name]) => !stagesToSkip.has(name)));
  return { direct: kept(direct), all: kept(all) };
}

type Around = { readonly variables: Variables; readonly cancelled: () => boolean };

async function executeJobs(
  state: PipelinesState,
  at: AtStage,
  { variables, cancelled }: Around,
): Promise<Result> {
  const { run, stage } = at;
  // A retried stage keeps the jobs that went well.
  const results = new Map(run.jobResults.get(stage.name));
  run.jobResults.set(stage.name, results);
  const phases = new Map<string, AtPhase>();
  stage.jobs.forEach((job, index) => {
    if (!results.has(job.name)) phases.set(job.name, phaseOf(at, job, index));
  });
  await inOrder(stage.jobs, results, async (job, before) => {
    const phase = phases.get(job.name);
    if (!phase) return "skipped";
    const scope: Scope = {
      names: { ...jobNames(run, stage.name), variables: variablesValue(variables) },
      functions: dependencyFunctions(before, cancelled),
    };
    const met = conditionOf(state, { ...at, record: phase.phase }, { ...job, scope });
    if (!met) {
      const result = met === undefined ? "failed" : cancelled() ? "canceled" : "skipped";
      endPhase(state, phase, result);
      return result;
    }
    beginRecord(state, run, phase.phase);
    const result = await executePhase(state, phase);
    endRecord(state, run, { record: phase.phase, result });
    tell(state, run);
    return result;
  });
  return worst([...results.values()]);
}

// Undefined for a condition that cannot be read: said on the record.
function conditionOf(
  state: PipelinesState,
  { run, record }: Pick<AtStage, "run" | "record">,
  { condition, scope }: { readonly condition: string | undefined; readonly scope: Scope },
): boolean | undefined {
  if (state.closing) return false;
  try {
    return toBoolean(evaluate(condition ?? "succeeded()", scope));
  } catch (error) {
    const message = `The condition cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    addIssue(run, record, { type: "error", message });
    logLines(state, { run, record }, [`##[error]${message}`]);
    return undefined;
  }
}

function phaseOf({ run, stage, record }: AtStage, job: Job, index: number): AtPhase {
  const phase = addRecord(run, {
    ...{ type: "Phase", path: [stage.name, job.name], name: job.displayName, parent: record },
    order: index + 1,
    attempt: record.attempt,
  });
  const at = { run, stage, job, phase, stageAttempt: record.attempt, order: index };
  // What is known before it begins shows at once, as pending.
  if (job.strategy.kind === "single") {
    const [only] = legsOf(job, { names: {} });
    if (only) jobRecord(at, only);
  }
  if (job.strategy.kind === "runOnce" && job.strategy.hooks.length === 1) {
    const [hook] = job.strategy.hooks;
    if (hook) jobRecord(at, hookInstance(job, hook, true));
  }
  return at;
}

function endPhase(state: PipelinesState, { run, phase }: AtPhase, result: Result): void {
  for (const record of run.records.values()) {
    if (record.parentId === phase.id) endRecord(state, run, { record, result });
  }
  endRecord(state, run, { record: phase, result });
}
