// Agentless tasks: the HttpRequest handler of task.json, run by the service itself:
// https://github.com/microsoft/azure-pipelines-tasks docs/authoring/servertaskauthoring.md
import { say, type StepContext } from "../engine/job-context.ts";
import { setAll, type Variables } from "../engine/variables.ts";
import type { Result } from "../run.ts";
import type { HttpRequestHandler } from "../task-manifest.ts";
import { sendRequest, waits, type Asked } from "./send-request.ts";
import { meetsCriteria } from "./success-criteria.ts";
import { waitForCompletion } from "./wait-for-completion.ts";

/** Sends the request; with WaitForCompletion the record is pending until TaskCompleted comes. */
export async function runHttpTask(
  context: StepContext,
  handler: HttpRequestHandler,
  inputs: Readonly<Record<string, string>>,
): Promise<Result> {
  const { state, run, taskRecord, signal, step } = context;
  const asked: Asked = {
    ...{ section: handler.execute, project: run.definition.project, inputs, signal },
    variables: taskVariables(context),
    at: step.at,
    say: (...lines) => say(context, ...lines),
  };
  // Listened for before the request: an answer may come before the request has returned.
  const waiting = waits(asked)
    ? waitForCompletion(state.organisation.clock, {
        ...{ run, recordId: taskRecord.id, signal, timeouts: handler.timeouts },
      })
    : undefined;
  try {
    const { answer, expression, names } = await sendRequest(state, asked);
    const { status, body } = answer;
    if (status < 200 || status > 299) {
      throw new Error(`The server answered ${status}: ${body.slice(0, 300)}`);
    }
    if (!waiting && !meetsCriteria(expression, answer, names)) {
      throw new Error(`The answer does not meet the criteria: ${expression}`);
    }
  } catch (error) {
    waiting?.forget();
    throw error;
  }
  if (!waiting) return "succeeded";
  // A waiting callback task shows as pending until it is completed (research §10.6).
  taskRecord.state = "pending";
  const result = await waiting.completed;
  if (result === "canceled" && handler.cancel) {
    await tellCancelled(context, { ...asked, section: handler.cancel });
  }
  return result;
}

// The outside is told; what it answers changes nothing any more.
async function tellCancelled(context: StepContext, asked: Asked): Promise<void> {
  const calm = new AbortController().signal;
  await sendRequest(context.state, { ...asked, signal: calm }).catch((error: Error) =>
    say(context, `##[warning]The cancellation could not be told: ${error.message}`),
  );
}

function taskVariables({ variables, taskRecord }: StepContext): Variables {
  const all: Variables = new Map(variables);
  setAll(all, {
    "System.TaskInstanceId": taskRecord.id,
    "System.TaskInstanceName": taskRecord.refName,
    "System.TaskDisplayName": taskRecord.name,
  });
  return all;
}
