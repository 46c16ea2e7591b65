import type { StepContext } from "../engine/job-context.ts";
import { addSecret } from "../engine/secrets.ts";
import { setVariable } from "../engine/variables.ts";
import { complain } from "./complain.ts";
import { demandOneLine } from "./demand-one-line.ts";

/** `task.setvariable`: for the steps that follow, and with `isOutput` for other jobs. */
export function assignVariable(
  context: StepContext,
  properties: Readonly<Record<string, string>>,
  value: string,
): void {
  const { variables, step, instance } = context;
  const name = properties["variable"] ?? "";
  if (name === "") {
    throw new Error("Required field 'variable' is missing in ##vso[task.setvariable] command.");
  }
  const is = (property: string) => properties[property]?.trim().toLowerCase() === "true";
  const known = variables.get(name.toLowerCase());
  const settable = step.limits?.settableVariables;
  if (settable && !settable.some((one) => one.toLowerCase() === name.toLowerCase())) {
    complain(
      context,
      "warning",
      `Setting variable '${name}' has been disabled by the task or build definition.`,
    );
    return;
  }
  if (known?.isReadOnly) {
    throw new Error(
      `Overwriting readonly variable '${name}' is not permitted. See https://github.com/microsoft/azure-pipelines-yaml/blob/master/design/readonly-variables.md for details.`,
    );
  }
  // What was secret once stays so.
  const isSecret = is("issecret") || (known?.isSecret ?? false);
  if (isSecret) {
    demandOneLine(context, value);
    addSecret(context.run, value);
  }
  if (!is("isoutput")) {
    setVariable(variables, name, { value, isSecret, isReadOnly: is("isreadonly") });
    return;
  }
  // An output is known by its step's name, in its own job too.
  const stepName = step.name ?? context.taskRecord.refName;
  setVariable(variables, `${stepName}.${name}`, { value, isSecret, isReadOnly: true });
  keepOutput(context, `${instance.outputPrefix}${stepName}.${name}`, value);
  context.taskRecord.variables.set(name, { value, isSecret });
}

function keepOutput({ run, stage, job }: StepContext, name: string, value: string): void {
  const jobs = run.outputs.get(stage.name) ?? new Map<string, Map<string, string>>();
  const outputs = jobs.get(job.name) ?? new Map<string, string>();
  outputs.set(name, value);
  run.outputs.set(stage.name, jobs.set(job.name, outputs));
}
