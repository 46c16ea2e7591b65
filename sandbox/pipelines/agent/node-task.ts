import { join } from "node:path";
import { say, workspaceOf, type StepContext } from "../engine/job-context.ts";
import { addSecret } from "../engine/secrets.ts";
import { expandMacros } from "../engine/macros.ts";
import type { Result } from "../run.ts";
import type { TaskInput, TaskManifest } from "../task-manifest.ts";
import { environmentName } from "./environment.ts";
import { runProcess } from "./run-process.ts";

/** Starts a task's bundle as the agent does: inputs, endpoints and secrets by environment. */
export async function runNodeTask(context: StepContext, task: TaskManifest): Promise<Result> {
  const { step, variables } = context;
  if (step.action.kind !== "task") throw new Error("this step is no task");
  const place = `${step.at.file}:${step.at.line}`;
  if (!task.target) {
    throw new Error(
      `Task ${task.name} runs on the server only: use it in a job with pool: server (${place}).`,
    );
  }
  if (!task.version.startsWith(`${step.action.version}.`)) {
    throw new Error(
      `A task is missing. The pipeline references ${task.name}@${step.action.version}, installed is ${task.version} (${place}).`,
    );
  }
  const given = new Map(
    Object.entries(step.action.inputs).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const env: Record<string, string> = {};
  for (const input of task.inputs) {
    const { name, defaultValue, required } = input;
    const value = expandMacros(given.get(name.toLowerCase()) ?? defaultValue, variables);
    if (required && value === "") throw new Error(`Input required: ${name}`);
    if (value !== "") env[`INPUT_${environmentName(name)}`] = value;
    if (value !== "") Object.assign(env, connection(context, input, value));
    given.delete(name.toLowerCase());
  }
  for (const name of given.keys()) {
    say(context, `##[warning]Unexpected input(s) '${name}' in task '${task.name}@${task.version}'`);
  }
  return runProcess(context, {
    command: context.state.nodeProgram,
    args: [join(task.directory, task.target)],
    folder: workspaceOf(context).sources,
    env: { ...env, ...variableEnvironment(context), ...Object.fromEntries(context.endpointFields) },
  });
}

// Names of all variables, values of the secret ones, and the connection to the service itself.
function variableEnvironment({ variables, token, state }: StepContext): Record<string, string> {
  const all = [...variables.values()];
  const names = (secret: boolean) =>
    JSON.stringify(all.filter((one) => one.isSecret === secret).map((one) => one.name));
  const secrets = all
    .filter((one) => one.isSecret)
    .map(({ name, value }) => [`SECRET_${environmentName(name)}`, value] as const);
  return {
    ...Object.fromEntries(secrets),
    VSTS_PUBLIC_VARIABLES: names(false),
    VSTS_SECRET_VARIABLES: names(true),
    ENDPOINT_URL_SYSTEMVSSCONNECTION: `${state.organisation.url}/`,
    ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: "OAuth",
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: token,
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: JSON.stringify({
      parameters: { AccessToken: token },
      scheme: "OAuth",
    }),
  };
}

// What task-lib reads of a connection that an input names.
function connection(
  { state, run, step }: StepContext,
  { name, type }: TaskInput,
  value: string,
): Record<string, string> {
  if (!type.toLowerCase().startsWith("connectedservice")) return {};
  const found = state.organisation.serviceEndpoints.find(
    (one) =>
      one.projects.includes(run.definition.project) && (one.id === value || one.name === value),
  );
  if (!found) {
    throw new Error(
      `The pipeline is not valid. Input ${name} references service connection ${value} which could not be found (${step.at.file}:${step.at.line}).`,
    );
  }
  const { scheme, parameters } = found.authorization;
  for (const secret of Object.values(parameters)) addSecret(run, secret);
  const of = (record: Readonly<Record<string, string>>, kind: string) =>
    Object.fromEntries(
      Object.entries(record).map(([key, one]) => [
        `ENDPOINT_${kind}_${found.id}_${key.toUpperCase()}`,
        one,
      ]),
    );
  return {
    [`INPUT_${environmentName(name)}`]: found.id,
    [`ENDPOINT_URL_${found.id}`]: found.url,
    [`ENDPOINT_AUTH_SCHEME_${found.id}`]: scheme,
    [`ENDPOINT_AUTH_${found.id}`]: JSON.stringify({ parameters, scheme }),
    ...of(parameters, "AUTH_PARAMETER"),
    ...of(found.data, "DATA"),
  };
}
