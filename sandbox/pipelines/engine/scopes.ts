// What conditions and runtime expressions can see.
import type { Scope } from "../expressions/evaluate.ts";
import { toText, type Value } from "../expressions/values.ts";
import type { Result, Run } from "../state.ts";
import type { Variables } from "./variables.ts";

const good: readonly Result[] = ["succeeded", "succeededWithIssues"];

/** `succeeded()` and its kin over the results that count, as the documents define them. */
export function statusFunctions(
  results: (names: readonly string[]) => readonly Result[],
  cancelled: () => boolean,
): NonNullable<Scope["functions"]> {
  const of = (args: readonly Value[]) => results(args.map(toText));
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
  return Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value]));
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

function titled(result: Result): string {
  return result.charAt(0).toUpperCase() + result.slice(1);
}
