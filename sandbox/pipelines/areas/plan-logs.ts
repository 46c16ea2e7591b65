import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { appendTo, createLog } from "../engine/records.ts";
import { masked } from "../engine/secrets.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { planBase, planOf, writablePlan } from "./plan-call.ts";
import { bodyOf, type CurrentState } from "./run-call.ts";

// Logs - Create, Append; attachments of a plan (REST 7.1 distributedtask).
export function planLogRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "distributedtask",
      resource: "logs",
      id: "46f5667d-263a-4684-91b1-dff7fdcf64e2",
      template: `${planBase}/logs/{logId?}`,
      methods: {
        GET: (call) => readLog(state(), call),
        POST: (call) => writeLog(state(), call),
      },
    },
    {
      area: "distributedtask",
      resource: "attachments",
      id: "7898f959-9cdf-4096-b29e-7f293031629e",
      template: `${planBase}/timelines/{timelineId}/records/{recordId}/attachments/{type}/{name?}`,
      methods: {
        GET: (call) => attachments(state(), call),
        PUT: (call) => attach(state(), call),
      },
    },
  ];
}

// The service never takes more in one call (research, platform §3.2).
const mostBytes = 8 * 1024 * 1024;

function writeLog(state: PipelinesState, call: Call): Answer {
  const { run } = writablePlan(state, call);
  const wanted = call.params["logId"];
  if (wanted === undefined) {
    const id = createLog(state, run);
    const { path = "" } = bodyOf<{ path: string }>(call);
    return { status: 201, json: { id, path, lineCount: 0, createdOn: nowOf(state) } };
  }
  if (call.rawBody.length > mostBytes) {
    throw new ApiError(400, "InvalidRequestContentException", "The page of the log is too large.");
  }
  const id = Number(wanted);
  const log = run.logs.get(id);
  if (!log) throw new ApiError(404, "TaskLogNotFoundException", `There is no log ${wanted}.`);
  const text = call.rawBody.toString("utf8").replace(/\n$/, "");
  if (text !== "") {
    appendTo(
      log,
      text.split("\n").map((line) => masked(run, line)),
      nowOf(state),
    );
  }
  return { json: { id, path: "", lineCount: log.lines.length, createdOn: log.createdOn } };
}

function readLog(state: PipelinesState, call: Call): Answer {
  const { run } = planOf(state, call);
  const wanted = call.params["logId"];
  if (wanted === undefined) {
    return listOf(
      [...run.logs].map(([id, { lines, createdOn }]) => ({
        ...{ id, path: "", lineCount: lines.length, createdOn },
      })),
    );
  }
  return listOf(run.logs.get(Number(wanted))?.lines ?? []);
}

function attachments(state: PipelinesState, call: Call): Answer {
  const { run } = planOf(state, call);
  const { recordId = "", type = "", name } = call.params;
  const found = run.attachments.filter(
    (one) => one.recordId === recordId.toLowerCase() && one.type === type,
  );
  if (name === undefined) return listOf(found.map((one) => ({ type, name: one.name })));
  const one = found.find((attachment) => attachment.name === name);
  if (!one) {
    throw new ApiError(404, "TaskAttachmentNotFoundException", `There is no attachment ${name}.`);
  }
  return { content: { type: "application/octet-stream", bytes: one.bytes } };
}

function attach(state: PipelinesState, call: Call): Answer {
  const { run } = writablePlan(state, call);
  const { recordId = "", type = "", name = "" } = call.params;
  const id = recordId.toLowerCase();
  run.attachments.push({ recordId: id, type, name, bytes: call.rawBody });
  return { json: { type, name, timelineId: run.planId, recordId: id, createdOn: nowOf(state) } };
}
