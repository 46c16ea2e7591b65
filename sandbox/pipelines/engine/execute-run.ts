import { evaluate } from "../expressions/evaluate.ts";
import { toBoolean } from "../expressions/values.ts";
import type { Job, Stage } from "../yaml/model.ts";
import {
  nowOf,
  type PipelinesState,
  type Result,
  type Run,
  type TimelineRecord,
} from "../state.ts";
import { executeJob } from "./execute-job.ts";
import { addRecord, beginRecord, endRecord, logLines } from "./records.ts";
import {
  jobDependencies,
  otherStages,
  stageDependencies,
  statusFunctions,
  variablesValue,
} from "./scopes.ts";
import { declareVariables, predefined, setVariable, type Variables } from "./variables.ts";

/** Runs every stage that has no result yet, in the order of dependencies, and ends the run. */
export async function executeRun(state: PipelinesState, run: Run): Promise<void> {
  const stages = run.pipeline?.stages ?? [];
  if (run.status !== "cancelling") run.status = "inProgress";
  run.startTime ??= nowOf(state);
  const records = new Map(
    stages
      .filter(({ name }) => !run.stageResults.has(name))
      .map((stage) => [stage.name, stageRecord(run, stage, stages.indexOf(stage))]),
  );
  tell(state, run);
  await inOrder(stages, run.stageResults, async (stage, before) => {
    const record = records.get(stage.name);
    return record ? executeStage(state, { run, stage, record, before }) : "skipped";
  });
  run.status = "completed";
  run.result = overall([...run.stageResults.values()]);
  run.finishTime = nowOf(state);
  tell(state, run);
}

type AtStage = {
  readonly run: Run;
  readonly stage: Stage;
  readonly record: TimelineRecord;
  /** Results of what it depends on. */
  readonly before: ReadonlyMap<string, Result>;
};

async function executeStage(state: PipelinesState, at: AtStage): Promise<Result> {
  const { run, stage, record, before } = at;
  const variables: Variables = new Map();
  for (const [name, value] of Object.entries(predefined(state, run))) {
    setVariable(variables, name, { value });
  }
  declareVariables(state, variables, [...(run.pipeline?.variables ?? []), ...stage.variables]);
  const runs = met(stage.condition, {
    names: { variables: variablesValue(variables), dependencies: stageDependencies(run) },
    functions: statusFunctions(named(before), () => run.status === "cancelling"),
  });
  if (!runs) {
    endRecord(state, record, run.status === "cancelling" ? "canceled" : "skipped");
    return record.result ?? "skipped";
  }
  beginRecord(state, record);
  tell(state, run);
  // A retried stage keeps the jobs that went well.
  const results = new Map(run.jobResults.get(stage.name));
  run.jobResults.set(stage.name, results);
  const records = new Map(
    stage.jobs.flatMap((job, index) =>
      results.has(job.name) ? [] : [[job.name, jobRecords(at, job, index)] as const],
    ),
  );
  await inOrder(stage.jobs, results, async (job, done) => {
    const { job: jobRecord, phase } = records.get(job.name) ?? {};
    if (!jobRecord || !phase) return "skipped";
    const scope = {
      names: {
        variables: variablesValue(variables),
        dependencies: jobDependencies(run, stage.name),
        stageDependencies: otherStages(run),
      },
      functions: statusFunctions(named(done), () => run.status === "cancelling"),
    };
    if (!met(job.condition, scope)) {
      const result = run.status === "cancelling" ? "canceled" : "skipped";
      endRecord(state, jobRecord, result);
      endRecord(state, phase, result);
      return result;
    }
    beginRecord(state, phase);
    const result = await executeJob(state, {
      run,
      stage,
      job,
      record: jobRecord,
      stageAttempt: record.attempt,
    }).catch((error: unknown) => {
      logLines(state, { run, record: jobRecord }, [`##[error]${String(error)}`]);
      jobRecord.issues.push({ type: "error", message: String(error) });
      endRecord(state, jobRecord, "failed");
      return "failed" as const;
    });
    endRecord(state, phase, result);
    tell(state, run);
    return result;
  });
  const result = stageResult([...results.values()]);
  endRecord(state, record, result);
  tell(state, run);
  return result;
}

type Schedulable = { readonly name: string; readonly dependsOn: readonly string[] | undefined };

/** Runs each when what it depends on has a result; those that have one already are left alone. */
async function inOrder<T extends Schedulable>(
  all: readonly T[],
  results: Map<string, Result>,
  execute: (one: T, before: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<void> {
  const promises = new Map<string, Promise<Result>>();
  all.forEach((one, index) => {
    const previous = all[index - 1];
    const names = one.dependsOn ?? (previous ? [previous.name] : []);
    const known = results.get(one.name);
    const run = async () => {
      const before = new Map<string, Result>();
      for (const name of names) before.set(name, (await promises.get(name)) ?? "skipped");
      const result = await execute(one, before);
      results.set(one.name, result);
      return result;
    };
    promises.set(one.name, known ? Promise.resolve(known) : run());
  });
  await Promise.all(promises.values());
}

function named(results: ReadonlyMap<string, Result>) {
  return (names: readonly string[]) =>
    names.length === 0
      ? [...results.values()]
      : names.map((name) => results.get(name) ?? "skipped");
}

function met(condition: string | undefined, scope: Parameters<typeof evaluate>[1]): boolean {
  return toBoolean(evaluate(condition ?? "succeeded()", scope));
}

function stageResult(results: readonly Result[]): Result {
  for (const worst of ["canceled", "failed", "succeededWithIssues"] as const) {
    if (results.includes(worst)) return worst;
  }
  return results.length > 0 && results.every((one) => one === "skipped") ? "skipped" : "succeeded";
}

function overall(results: readonly Result[]): NonNullable<Run["result"]> {
  if (results.includes("canceled")) return "canceled";
  if (results.includes("failed")) return "failed";
  return results.includes("succeededWithIssues") ? "partiallySucceeded" : "succeeded";
}

function stageRecord(run: Run, stage: Stage, index: number): TimelineRecord {
  const attempt = run.attempts.get(stage.name) ?? 1;
  return addRecord(run, {
    type: "Stage",
    path: [stage.name],
    name: stage.displayName,
    parent: undefined,
    order: index + 1,
    attempt,
  });
}

function jobRecords({ run, stage, record }: AtStage, job: Job, index: number) {
  const common = { order: index + 1, attempt: record.attempt };
  const phase = addRecord(run, {
    ...{ type: "Phase", path: [stage.name, job.name], name: job.displayName, parent: record },
    ...common,
  });
  const added = addRecord(run, {
    ...{ type: "Job", path: [stage.name, job.name, "__default"], name: job.displayName },
    parent: phase,
    ...common,
  });
  return { phase, job: added };
}

function tell(state: PipelinesState, run: Run): void {
  state.organisation.events.emit("buildChanged", { id: run.id });
}
