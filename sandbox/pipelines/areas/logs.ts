import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Run, RunLog } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Builds - Get Build Logs, Get Build Log; Logs - List, Get of pipelines (REST 7.1).
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
    {
      area: "pipelines",
      resource: "logs",
      id: "fb1b6d27-3957-43d5-a14b-a2d70403e545",
      template: "{project}/_apis/pipelines/{pipelineId}/runs/{runId}/logs/{logId?}",
      methods: { GET: (call) => pipelineLogs(state(), call) },
    },
  ];
}

// Text unless JSON is asked for.
function readLogs(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const wanted = call.params["logId"];
  if (wanted === undefined) {
    return listOf([...run.logs].map(([id, log]) => logJson(call, run, { id, log })));
  }
  const { lines } = logOf(run, wanted);
  const first = Number(call.query["startline"] ?? 0);
  const last = Number(call.query["endline"] ?? lines.length);
  // startLine 0 and 1 are both the first one; endLine is part of what comes.
  const shown = lines.slice(Math.max(0, first - 1), last);
  if (/json/.test(call.accept)) return listOf(shown);
  return { content: { type: "text/plain", bytes: Buffer.from(`${shown.join("\n")}\n`) } };
}

function logOf(run: Run, wanted: string): RunLog {
  const log = run.logs.get(Number(wanted));
  if (log) return log;
  throw new ApiError(
    404,
    "BuildLogNotFoundException",
    `The log with ID ${wanted} for build ${run.id} could not be found.`,
  );
}

type OneLog = { readonly id: number; readonly log: RunLog };

function logJson({ organisation }: Call, run: Run, { id, log }: OneLog) {
  const url = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}/logs/${id}`;
  return {
    ...{ lineCount: log.lines.length, createdOn: log.createdOn, lastChangedOn: log.changedOn },
    ...{ id, type: "Container", url },
  };
}

function pipelineLogs(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call, "runId");
  const { project, id: pipeline } = run.definition;
  const root = `${call.organisation.url}/${project.id}/_apis/pipelines/${pipeline}/runs/${run.id}/logs`;
  const shown = ({ id, log }: OneLog) => ({
    ...{ createdOn: log.createdOn, id, lastChangedOn: log.changedOn },
    lineCount: log.lines.length,
    url: `${root}/${id}`,
  });
  const wanted = call.params["logId"];
  if (wanted !== undefined) {
    return { json: shown({ id: Number(wanted), log: logOf(run, wanted) }) };
  }
  return { json: { logs: [...run.logs].map(([id, log]) => shown({ id, log })), url: root } };
}
