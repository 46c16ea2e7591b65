import { say, type StepContext } from "../engine/job-context.ts";
import { pause } from "../engine/job-time.ts";
import { expandMacros } from "../engine/macros.ts";
import type { Result } from "../run.ts";
import type { TaskInput } from "../task-manifest.ts";
import { invokeRestApi, restApiAliases } from "./built-in-handlers.ts";
import { runHttpTask } from "./http-task.ts";
import { validateManually } from "./manual-validation.ts";

const minute = 60_000;

/** Runs one step of a job without an agent. */
export async function runServerStep(context: StepContext): Promise<Result> {
  const { state, step } = context;
  const { action, at } = step;
  if (action.kind !== "task") {
    throw new Error(`A server job runs tasks only (${at.file}:${at.line}).`);
  }
  const name = action.task.toLowerCase();
  const manifest = state.tasks.get(name);
  if (manifest?.httpRequest) {
    return runHttpTask(context, manifest.httpRequest, inputsOf(context, manifest.inputs));
  }
  if (manifest) {
    const others = manifest.otherHandlers.join(", ");
    throw new Error(
      manifest.target
        ? `Task ${manifest.name} runs on an agent, not on the server (${at.file}:${at.line}).`
        : `The sandbox does not run the handler ${others} of ${manifest.name}.`,
    );
  }
  switch (name) {
    case "delay":
      return waitAWhile(context);
    case "manualvalidation":
      return validateManually(context, inputsOf(context, []));
    case "invokerestapi":
      return runHttpTask(
        context,
        invokeRestApi.handler,
        inputsOf(context, invokeRestApi.inputs, restApiAliases),
      );
    default:
      throw new Error(
        `The sandbox has no server task ${action.task}@${action.version} (${at.file}:${at.line}).`,
      );
  }
}

/** Given inputs and the defaults of the others, with their macros replaced. */
function inputsOf(
  { step, variables }: StepContext,
  declared: readonly TaskInput[],
  aliases: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const given = step.action.kind === "task" ? step.action.inputs : {};
  const found = new Map<string, readonly [name: string, value: string]>();
  for (const { name, defaultValue } of declared)
    found.set(name.toLowerCase(), [name, defaultValue]);
  for (const [key, value] of Object.entries(given)) {
    const name = aliases[key.toLowerCase()] ?? key;
    found.set(name.toLowerCase(), [found.get(name.toLowerCase())?.[0] ?? name, value]);
  }
  return Object.fromEntries(
    [...found.values()].map(([name, value]) => [name, expandMacros(value, variables)]),
  );
}

async function waitAWhile(context: StepContext): Promise<Result> {
  const minutes = Number(inputsOf(context, [])["delayForMinutes"] ?? 0);
  if (Number.isNaN(minutes)) throw new Error("delayForMinutes must be a number.");
  say(context, `Delay for ${minutes} minutes.`);
  const { clock } = context.state.organisation;
  return (await pause(clock, minutes * minute, context.signal)) ? "succeeded" : "canceled";
}
