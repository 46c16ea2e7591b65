// Agentless tasks: the HttpRequest handler of task.json (research §1), run by the service itself.
import { expandMacros, setVariable, type Variables } from "./variables.ts";
import { logLines } from "./records.ts";
import type { StepContext } from "../agent/step-context.ts";
import type { HttpRequestHandler, Result } from "../state.ts";

/** Sends the request; with WaitForCompletion the record is pending until TaskCompleted comes. */
export async function runServerTask(context: StepContext): Promise<Result> {
  const { state, run, step, taskRecord } = context;
  const { action } = step;
  if (action.kind !== "task") {
    throw new Error(`A server job runs tasks only (${step.at.file}:${step.at.line}).`);
  }
  if (action.task.toLowerCase() === "delay") return "succeeded";
  const manifest = state.tasks.get(action.task.toLowerCase());
  if (!manifest?.httpRequest) {
    throw new Error(`The sandbox has no server task ${action.task}@${action.version}.`);
  }
  const variables = taskVariables(context, manifest.inputs);
  const { request, waits } = fillRequest(manifest.httpRequest, variables);
  const say = (...lines: string[]) => logLines(state, { run, record: taskRecord }, lines);

  // Listened for before the request: an answer may come before the request has returned.
  const completed = waits ? waitForCompletion(context) : undefined;
  say(`${request.method} ${request.url}`);
  const response = await fetch(request.url, request).catch((error: Error) => error);
  if (response instanceof Error) {
    run.waiting.delete(taskRecord.id);
    throw new Error(`The request failed: ${response.message}`);
  }
  const body = (await response.text()).slice(0, 4000);
  say(`Response Code: ${response.status}`, `Response: ${body}`);
  if (!response.ok) {
    run.waiting.delete(taskRecord.id);
    throw new Error(`The server answered ${response.status}: ${body.slice(0, 300)}`);
  }
  if (!completed) return "succeeded";
  // A waiting callback task shows as pending until it is completed (research §10.6).
  taskRecord.state = "pending";
  return completed;
}

function waitForCompletion({ run, taskRecord, signal }: StepContext): Promise<Result> {
  return new Promise((resolve) => {
    const end = (result: Result) => {
      run.waiting.delete(taskRecord.id);
      signal.removeEventListener("abort", cancel);
      resolve(result);
    };
    const cancel = () => end("canceled");
    signal.addEventListener("abort", cancel, { once: true });
    run.waiting.set(taskRecord.id, end);
  });
}

function taskVariables(
  context: StepContext,
  inputs: readonly { readonly name: string; readonly defaultValue: string }[],
): Variables {
  const { step, taskRecord } = context;
  const variables: Variables = new Map(context.variables);
  const given = step.action.kind === "task" ? step.action.inputs : {};
  for (const { name, defaultValue } of inputs) {
    const found = Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase());
    const value = expandMacros(found?.[1] ?? defaultValue, context.variables);
    setVariable(variables, name, { value });
  }
  setVariable(variables, "System.TaskInstanceId", { value: taskRecord.id });
  setVariable(variables, "System.TaskInstanceName", { value: taskRecord.refName });
  return variables;
}

function fillRequest(handler: HttpRequestHandler, variables: Variables) {
  const fill = (text: string | undefined) => expandMacros(text ?? "", variables);
  const method = fill(handler.Method);
  const body = fill(handler.Body);
  return {
    waits: fill(handler.WaitForCompletion) === "true",
    request: {
      url: fill(handler.EndpointUrl),
      method,
      headers: JSON.parse(fill(handler.Headers) || "{}") as Record<string, string>,
      // The service gives up after 20 s (research §1.2).
      signal: AbortSignal.timeout(20_000),
      ...(method === "GET" ? {} : { body }),
    },
  };
}
