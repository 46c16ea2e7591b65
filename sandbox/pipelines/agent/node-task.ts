import { join } from "node:path";
import { expandMacros } from "../engine/variables.ts";
import type { Result, TaskManifest } from "../state.ts";
import { environmentName, runProcess } from "./run-process.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";

/** Starts a task's bundle as the agent does: inputs, endpoint and secrets by environment. */
export async function runNodeTask(context: StepContext, task: TaskManifest): Promise<Result> {
  const { step, variables, token, state } = context;
  if (step.action.kind !== "task") throw new Error("this step is no task");
  if (!task.target) {
    throw new Error(
      `Task ${task.name} runs on the server only: use it in a job with pool: server.`,
    );
  }
  const given = new Map(
    Object.entries(step.action.inputs).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const env: Record<string, string> = {};
  for (const { name, defaultValue, required } of task.inputs) {
    const value = expandMacros(given.get(name.toLowerCase()) ?? defaultValue, variables);
    if (required && value === "") throw new Error(`Input required: ${name}`);
    if (value !== "") env[`INPUT_${environmentName(name)}`] = value;
    given.delete(name.toLowerCase());
  }
  for (const name of given.keys()) {
    say(context, `##[warning]Unexpected input(s) '${name}' in task '${task.name}@${task.version}'`);
  }
  for (const { name, value, isSecret } of variables.values()) {
    if (isSecret) env[`SECRET_${environmentName(name)}`] = value;
  }
  const names = (secret: boolean) =>
    JSON.stringify(
      [...variables.values()].filter((one) => one.isSecret === secret).map((one) => one.name),
    );
  return runProcess(context, {
    command: process.execPath,
    args: [join(task.directory, task.target)],
    folder: workspaceOf(context).sources,
    env: {
      ...env,
      VSTS_PUBLIC_VARIABLES: names(false),
      VSTS_SECRET_VARIABLES: names(true),
      ENDPOINT_URL_SYSTEMVSSCONNECTION: `${state.organisation.url}/`,
      ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: "OAuth",
      ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: token,
      ENDPOINT_AUTH_SYSTEMVSSCONNECTION: JSON.stringify({
        parameters: { AccessToken: token },
        scheme: "OAuth",
      }),
    },
  });
}
