import { ApiError } from "../../azure-devops/api-error.ts";
import {
  findProject,
  listOf,
  type Answer,
  type Call,
  type Route,
} from "../../azure-devops/route.ts";
import { createLog } from "../engine/records.ts";
import { nowOf, type PipelinesState, type Run } from "../state.ts";
import { demandBuilds, type CurrentState } from "./run-call.ts";
import { recordJson } from "./run-json.ts";

const base = "{scope}/_apis/distributedtask/hubs/{hub}/plans/{planId}";

// Orchestration plans: what an agentless task's partner calls (research, platform §1.4 and §10.6).
export function planRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "distributedtask",
      resource: "feed",
      id: "858983e4-19bd-4c5e-864c-507b59b58b12",
      template: `${base}/timelines/{timelineId}/records/{recordId}/feed`,
      methods: { POST: (call) => feed(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "records",
      id: "8893bc5b-35b2-4be7-83cb-99e683551db4",
      template: `${base}/timelines/{timelineId}/records/{recordId?}`,
      resourceVersion: 2,
      methods: {
        GET: (call) => records(call, planOf(state(), call)),
        PATCH: (call) => updateRecords(state(), call),
      },
    },
    {
      area: "distributedtask",
      resource: "logs",
      id: "46f5667d-263a-4684-91b1-dff7fdcf64e2",
      template: `${base}/logs/{logId?}`,
      methods: { POST: (call) => writeLog(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "events",
      id: "557624af-b29e-4c20-8ab0-0399d2204f3f",
      template: `${base}/events`,
      methods: { POST: (call) => postEvent(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "plans",
      id: "5cecd946-d704-471e-a45f-3b4064fcfaba",
      template: base,
      resourceVersion: 2,
      methods: { GET: (call) => ({ json: planJson(call, planOf(state(), call)) }) },
    },
  ];
}

function planOf(state: PipelinesState, call: Call): Run {
  const { scope = "", planId = "" } = call.params;
  const project = findProject(call.organisation, scope);
  const run = state.runs.find(
    (one) => one.planId === planId.toLowerCase() && one.definition.project === project,
  );
  if (run) return run;
  throw new ApiError(
    404,
    "TaskOrchestrationPlanNotFoundException",
    `No plan found for identifier ${planId}.`,
  );
}

function planJson({ organisation }: Call, run: Run) {
  return {
    scopeIdentifier: run.definition.project.id,
    planType: "Build",
    version: 19,
    planId: run.planId,
    planGroup: `${run.definition.project.id}:Build`,
    artifactUri: `vstfs:///Build/Build/${run.id}`,
    artifactLocation: null,
    definition: { id: run.definition.id, name: run.definition.name },
    owner: {
      id: run.id,
      name: run.buildNumber,
      _links: {
        web: {
          href: `${organisation.url}/${run.definition.project.id}/_build/results?buildId=${run.id}`,
        },
      },
    },
    startTime: run.startTime,
    finishTime: run.finishTime ?? null,
    state: run.status === "completed" ? "completed" : "inProgress",
    result: run.result ?? null,
    timeline: { id: run.planId, changeId: 1, location: null },
  };
}

function records(call: Call, run: Run): Answer {
  return listOf(
    [...run.records.values()].map((record) => recordJson(call.organisation, run, record)),
  );
}

function feed(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  planOf(state, call);
  return { status: 204 };
}

function updateRecords(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = planOf(state, call);
  const { value = [] } = call.body as {
    readonly value?: readonly {
      readonly id: string;
      readonly state?: string;
      readonly currentOperation?: string;
      readonly percentComplete?: number;
      readonly log?: { readonly id: number };
    }[];
  };
  for (const change of value) {
    const record = run.records.get(change.id);
    if (!record || record.state === "completed") continue;
    if (change.state === "inProgress") record.state = "inProgress";
    if (change.currentOperation !== undefined) record.currentOperation = change.currentOperation;
    if (change.percentComplete !== undefined) record.percentComplete = change.percentComplete;
    if (change.log && run.logs.has(change.log.id)) record.log = { id: change.log.id };
  }
  return records(call, run);
}

function writeLog(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = planOf(state, call);
  if (call.params["logId"] === undefined) {
    const id = createLog(state, run);
    const { path = "" } = call.body as { readonly path?: string };
    return { status: 201, json: { id, path, lineCount: 0, createdOn: nowOf(state) } };
  }
  const id = Number(call.params["logId"]);
  const lines = run.logs.get(id);
  if (!lines) throw new ApiError(404, "TaskLogNotFoundException", `There is no log ${id}.`);
  const text = call.rawBody.toString("utf8").replace(/\n$/, "");
  if (text !== "") lines.push(...text.split("\n"));
  return { json: { id, path: "", lineCount: lines.length, createdOn: nowOf(state) } };
}

// An event for a task that does not wait changes nothing; one for a plan that has ended fails, as
// it was seen to do (research, platform §3.3).
function postEvent(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = planOf(state, call);
  if (run.status === "completed") {
    throw new ApiError(
      500,
      "TaskOrchestrationPlanTerminatedException",
      `Plan ${run.planId} has completed and takes no further events.`,
    );
  }
  const { name, jobId, taskId, result } = call.body as {
    readonly name?: string;
    readonly jobId?: string;
    readonly taskId?: string;
    readonly result?: string;
  };
  if (run.records.get(jobId ?? "")?.type !== "Job") {
    throw new ApiError(
      404,
      "TaskOrchestrationJobNotFoundException",
      `No job found with identifier ${jobId ?? ""} in plan ${run.planId}.`,
    );
  }
  if (name === "TaskCompleted") {
    run.waiting.get(taskId ?? "")?.(result === "succeeded" ? "succeeded" : "failed");
  }
  return { status: 204 };
}
