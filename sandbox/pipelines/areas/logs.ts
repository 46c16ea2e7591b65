import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { PipelinesState, Run } from "../state.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Builds - Get Build Logs, Get Build Log (REST 7.1): text unless JSON is asked for.
export function logRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "logs",
      id: "35a80daf-7f30-45fc-86e8-6b813d9c90df",
      template: "{project}/_apis/build/builds/{buildId}/logs/{logId?}",
      resourceVersion: 2,
      methods: { GET: (call) => readLogs(state(), call) },
    },
  ];
}

function readLogs(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const wanted = call.params["logId"];
  if (wanted === undefined) {
    return listOf([...run.logs].map(([id, lines]) => logJson(run, { id, lines })));
  }
  const lines = run.logs.get(Number(wanted));
  if (!lines) {
    throw new ApiError(
      404,
      "BuildLogNotFoundException",
      `The log with id ${wanted} could not be found.`,
    );
  }
  const first = Number(call.query["startline"] ?? 0);
  const last = Number(call.query["endline"] ?? lines.length);
  const shown = lines.slice(first, last + 1);
  if (/json/.test(call.accept)) return listOf(shown);
  return { content: { type: "text/plain", bytes: Buffer.from(`${shown.join("\n")}\n`) } };
}

function logJson(run: Run, { id, lines }: { readonly id: number; readonly lines: string[] }) {
  return { lineCount: lines.length, createdOn: run.startTime, id, type: "Container", url: "" };
}
