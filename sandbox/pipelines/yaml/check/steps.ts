import { entry, PipelineError, textOf, type Node } from "../node.ts";
import { checkCondition } from "./runtime-expressions.ts";

/** @param steps in normal form, of one job. @throws PipelineError */
export function checkSteps(steps: readonly Node[], job: string): void {
  const names = new Set<string>();
  for (const step of steps) {
    const name = textOf(entry(step, "name"));
    checkName(step, job);
    if (name !== undefined && names.has(name.toLowerCase())) {
      throw new PipelineError(
        `Job ${job}: The step name ${name} appears more than once. Step names must be unique within a job.`,
        step.at,
      );
    }
    if (name) names.add(name.toLowerCase());
    checkCondition(entry(step, "condition"), "step");
    for (const key of ["timeoutInMinutes", "retryCountOnTaskFailure"]) {
      checkWhole(entry(step, key));
    }
    checkReference(step);
  }
}

function checkName(step: Node, job: string): void {
  const name = textOf(entry(step, "name")) ?? "";
  if (name === "" || /^[A-Za-z_]\w*$/.test(name)) return;
  throw new PipelineError(
    `Job ${job}: Step ${name} has an invalid name. Valid names may only contain alphanumeric characters and '_' and may not start with a number.`,
    entry(step, "name")?.at ?? step.at,
  );
}

function checkReference(step: Node): void {
  const task = entry(step, "task");
  const text = textOf(task) ?? "";
  if (/^[^@]+@\d+(\.\d+){0,2}$/.test(text)) return;
  throw new PipelineError(
    `A task reference must be in the format <NAME>@<VERSION>. The following task reference format is invalid: '${text}'.`,
    task?.at ?? step.at,
  );
}

/** A count, or what a run puts in its place. @throws PipelineError */
export function checkWhole(value: Node | undefined): void {
  const text = textOf(value) ?? "";
  if (!value || text === "" || /^\d+(\.\d+)?$|\$[[(]/.test(text)) return;
  throw new PipelineError(`The value '${text}' is not a valid integer`, value.at);
}
