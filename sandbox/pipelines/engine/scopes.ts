// What conditions and runtime expressions can see:
// https://learn.microsoft.com/azure/devops/pipelines/process/expressions
import type { Scope } from "../expressions/evaluate.ts";
import { toText, type Value } from "../expressions/values.ts";
import type { Result, Run } from "../run.ts";
import { titled } from "../titled.ts";
import type { Before } from "./in-order.ts";
import { good } from "./results.ts";
import { expandedValue } from "./macros.ts";
import type { Variables } from "./variables.ts";

/**
 * `succeeded()` and its kin of a stage or job. Without names they look at everything that it
 * depends on, "computed recursively" (documents: Conditions).
 */
export function dependencyFunctions(
  { direct, all }: Before,
  cancelled: () => boolean,
): NonNullable<Scope["functions"]> {
  const of = (args: readonly Value[]): readonly Result[] =>
    args.length === 0
      ? [...all.values()]
      : args.map((one) => {
          const wanted = toText(one).toLowerCase();
          const found = [...direct, ...all].find(([name]) => name.toLowerCase() === wanted);
          return found?.[1] ?? "skipped";
        });
  return statusFunctions(of, cancelled);
}

/** Those of a step: they look at the job so far. */
export function stepFunctions(
  result: () => Result,
  cancelled: () => boolean,
): NonNullable<Scope["functions"]> {
  return statusFunctions(() => [result()], cancelled);
}

function statusFunctions(
  of: (args: readonly Value[]) => readonly Result[],
  cancelled: () => boolean,
): NonNullable<Scope["functions"]> {
  return {
    always: () => true,
    canceled: () => cancelled(),
    succeeded: (args) => !cancelled() && of(args).every((one) => good.includes(one)),
    failed: (args) => !cancelled() && of(args).includes("failed"),
    succeededorfailed: (args) =>
      !cancelled() && of(args).every((one) => one !== "canceled" && one !== "skipped"),
  };
}

export function variablesValue(variables: Variables): Value {
  return Object.fromEntries(
    [...variables.values()].map(({ name }) => [name, expandedValue(variables, name)]),
  );
}

/** `dependencies` of a job: the jobs of its own stage. */
export function jobDependencies(run: Run, stage: string): Value {
  return jobsOf(run, stage);
}

/** `dependencies` of a stage (conditions): stages, outputs keyed `job.step.variable`. */
export function stageDependencies(run: Run): Value {
  return Object.fromEntries(
    [...run.stageResults].map(([stage, result]) => {
      const outputs = [...(run.outputs.get(stage) ?? new Map<string, Map<string, string>>())];
      const flat = outputs.flatMap(([job, values]) =>
        [...values].map(([name, value]) => [`${job}.${name}`, value] as const),
      );
      return [stage, { result: titled(result), outputs: Object.fromEntries(flat) }];
    }),
  );
}

/** `stageDependencies` of a job: earlier stages' jobs. */
export function otherStages(run: Run): Value {
  const stages = new Set([...run.jobResults.keys(), ...run.outputs.keys()]);
  return Object.fromEntries([...stages].map((stage) => [stage, jobsOf(run, stage)]));
}

/** `pipeline`: what the run is. */
export function pipelineValue(run: Run): Value {
  return { startTime: new Date(run.startTime ?? run.queueTime) };
}

function jobsOf(run: Run, stage: string): Value {
  const results = run.jobResults.get(stage) ?? new Map<string, Result>();
  const outputs = run.outputs.get(stage) ?? new Map<string, Map<string, string>>();
  const names = new Set([...results.keys(), ...outputs.keys()]);
  return Object.fromEntries(
    [...names].map((job) => [
      job,
      {
        result: titled(results.get(job) ?? "skipped"),
        outputs: Object.fromEntries(outputs.get(job) ?? []),
      },
    ]),
  );
}
