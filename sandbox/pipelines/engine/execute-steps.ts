import { runStep } from "../agent/run-step.ts";
import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { toBoolean } from "../expressions/values.ts";
import type { Result, TimelineRecord } from "../run.ts";
import { runServerStep } from "../server/run-server-step.ts";
import { titled } from "../titled.ts";
import type { Step } from "../yaml/model.ts";
import type { JobContext, StepContext } from "./job-context.ts";
import { pause, timeLimit } from "./job-time.ts";
import { addIssue, addRecord, beginRecord, endRecord, logLines } from "./records.ts";
import { worst } from "./results.ts";
import { settled } from "./runtime-values.ts";
import { stepFunctions, variablesValue } from "./scopes.ts";
import { taskReference } from "./task-reference.ts";
import { expandMacros } from "./macros.ts";
import { setVariable } from "./variables.ts";

/** Runs the steps of a job in their order; each looks at its condition first. */
export async function executeSteps(context: JobContext): Promise<Result> {
  const { state, run, instance, variables, time } = context;
  const steps = [...downloads(context), ...instance.steps];
  const records = steps.map((step, index) => taskRecord(context, step, index));
  let result: Result = "succeeded";
  for (const [index, step] of steps.entries()) {
    const record = records[index];
    if (!record) continue;
    setVariable(variables, "Agent.JobStatus", { value: titled(result) });
    record.name = expandMacros(step.displayName, variables);
    const wanted = () => conditionMet(context, step, result);
    const verdict = time.over.aborted ? false : check(context, record, wanted);
    if (verdict !== true) {
      const end = verdict === undefined ? "failed" : time.over.aborted ? "canceled" : "skipped";
      endRecord(state, run, { record, result: end });
      if (end === "failed") result = "failed";
      continue;
    }
    beginRecord(state, run, record);
    const outcome = await tryRepeatedly(context, { step, record, wanted });
    endRecord(state, run, { record, result: outcome });
    if (outcome !== "succeeded" && outcome !== "skipped") result = worst([result, outcome]);
  }
  return result;
}

function conditionMet(context: JobContext, { condition }: Step, result: Result): boolean {
  const { variables, time } = context;
  const scope: Scope = {
    names: { variables: variablesValue(variables) },
    functions: stepFunctions(
      () => result,
      () => time.asked.aborted,
    ),
  };
  return toBoolean(evaluate(condition ?? "succeeded()", scope));
}

// Undefined for a condition that cannot be read: that fails the step.
function check(
  { state, run }: JobContext,
  record: TimelineRecord,
  wanted: () => boolean,
): boolean | undefined {
  try {
    return wanted();
  } catch (error) {
    const message = `The condition cannot be evaluated: ${messageOf(error)}`;
    addIssue(run, record, { type: "error", message });
    logLines(state, { run, record }, [`##[error]${message}`]);
    return undefined;
  }
}

type OneStep = {
  readonly step: Step;
  readonly record: TimelineRecord;
  readonly wanted: () => boolean;
};

// The agent waits longer from try to try, 10 s at most (documents: retryCountOnTaskFailure).
async function tryRepeatedly(context: JobContext, one: OneStep): Promise<Result> {
  const { state, run, variables } = context;
  const { step, record } = one;
  const of = (text: string) =>
    settled(text, run, { variables, scope: { names: { variables: variablesValue(variables) } } });
  const retries = Math.min(10, Number(of(step.retryCountOnTaskFailure ?? "0")) || 0);
  const minutes = Number(of(step.timeoutInMinutes ?? "0")) || 0;
  for (let attempt = 1; ; attempt += 1) {
    const { result, timedOut } = await tryOnce(context, one, minutes);
    if (result === "failed" && !timedOut && attempt <= retries) {
      const seconds = Math.min(10, attempt ** 2);
      const message = `RetryHelper encountered task failure, will retry (attempt #: ${attempt} out of ${retries}) after ${seconds * 1000} ms`;
      logLines(state, { run, record }, [`##[warning]${message}`]);
      addIssue(run, record, { type: "warning", message });
      if (await pause(state.organisation.clock, seconds * 1000, context.time.over)) continue;
    }
    const forgiven =
      result === "failed" && of(step.continueOnError ?? "false").toLowerCase() === "true";
    return forgiven ? "succeededWithIssues" : result;
  }
}

async function tryOnce(
  context: JobContext,
  { step, record, wanted }: OneStep,
  minutes: number,
): Promise<{ readonly result: Result; readonly timedOut: boolean }> {
  const { state, run, instance, time } = context;
  const stop = new AbortController();
  // A step whose condition holds even then goes on until the time for cancelling is over.
  const ask = () => {
    if (!wanted()) stop.abort();
  };
  if (!time.asked.aborted) time.asked.addEventListener("abort", ask, { once: true });
  const timeout = minutes > 0 ? timeLimit(state.organisation.clock, minutes * 60_000) : undefined;
  const signals = [stop.signal, time.over, ...(timeout ? [timeout.signal] : [])];
  const at: StepContext = {
    ...context,
    ...{ step, taskRecord: record, signal: AbortSignal.any(signals) },
  };
  const cancelled = () => stop.signal.aborted || time.over.aborted;
  const timedOut = () => timeout?.signal.aborted === true && !cancelled();
  try {
    const result = await (instance.server ? runServerStep(at) : runStep(at));
    if (timedOut() && result !== "succeeded") throw new Error("The task has timed out.");
    return { result: cancelled() ? "canceled" : result, timedOut: false };
  } catch (error) {
    const message = timedOut() ? "The task has timed out." : messageOf(error);
    if (cancelled()) return { result: "canceled", timedOut: false };
    addIssue(run, record, { type: "error", message });
    logLines(state, { run, record }, [`##[error]${message}`]);
    return { result: "failed", timedOut: timedOut() };
  } finally {
    timeout?.release();
    time.asked.removeEventListener("abort", ask);
  }
}

function taskRecord(context: JobContext, step: Step, index: number): TimelineRecord {
  const { run, stage, job, instance, record, state } = context;
  const task = taskReference(state, step.action);
  const same = `${task?.name ?? step.action.kind}${index + 1}`;
  const refName = step.name ?? same;
  return addRecord(run, {
    ...{ type: "Task", name: step.displayName, parent: record, order: index + 1, refName, task },
    path: [stage.name, job.name, instance.name, refName],
    attempt: record.attempt,
  });
}

// "Deployment jobs download artifacts by themselves" (documents), unless a step says otherwise.
function downloads({ instance, run, job }: JobContext): readonly Step[] {
  if (!instance.downloads) return [];
  if (instance.steps.some(({ action }) => action.kind === "download")) return [];
  const sources = [...(run.artifacts.size > 0 ? ["current"] : []), ...run.pipelineRuns.keys()];
  return sources.map((source) => ({
    ...{ at: job.at, name: undefined, displayName: "Download Artifact", condition: undefined },
    ...{ continueOnError: undefined, timeoutInMinutes: undefined, limits: undefined },
    retryCountOnTaskFailure: undefined,
    env: {},
    action: {
      ...{ kind: "download", source, artifact: undefined, patterns: undefined, path: undefined },
    },
  }));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
