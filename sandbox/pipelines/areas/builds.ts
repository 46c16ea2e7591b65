import { refusals } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { cancelRun, retryStage } from "../change-run.ts";
import { queueRun } from "../queue-run.ts";
import type { PipelinesState, Run } from "../state.ts";
import { listRuns } from "./list-runs.ts";
import { demandBuilds, projectOf, runOf, type CurrentState } from "./run-call.ts";
import { buildJson, recordJson } from "./run-json.ts";

// Builds - List, Get, Queue, Update Build; Tags; Stages - Update; Timeline - Get (REST 7.1).
export function buildRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Builds",
      id: "0cd358e1-9217-4d94-8269-1c1ee6f93dcf",
      template: "{project}/_apis/build/builds/{buildId?}",
      resourceVersion: 7,
      methods: {
        GET: (call) =>
          call.params["buildId"] === undefined ? listRuns(state(), call) : getRun(state(), call),
        POST: (call) => queue(state(), call),
        PATCH: (call) => update(state(), call),
      },
    },
    {
      area: "build",
      resource: "tags",
      id: "6e6114b2-8161-44c8-8f6c-c5505782427f",
      template: "{project}/_apis/build/builds/{buildId}/tags/{*tag}",
      resourceVersion: 3,
      methods: { GET: (call) => tags(state(), call), PUT: (call) => addTag(state(), call) },
    },
    {
      area: "build",
      resource: "stages",
      id: "b8aac6c9-744b-46e1-88fc-3550969f9313",
      template: "{project}/_apis/build/builds/{buildId}/stages/{stageRefName}",
      resourceVersion: 5,
      methods: { PATCH: (call) => updateStage(state(), call) },
    },
    {
      area: "build",
      resource: "Timeline",
      id: "8baac422-4c6e-4de5-8532-db96d92acffa",
      template: "{project}/_apis/build/builds/{buildId}/timeline/{timelineId?}",
      resourceVersion: 3,
      methods: { GET: (call) => timeline(state(), call) },
    },
  ];
}

function getRun(state: PipelinesState, call: Call): Answer {
  return { json: buildJson(call.organisation, runOf(state, call)) };
}

async function queue(state: PipelinesState, call: Call): Promise<Answer> {
  demandBuilds(call);
  const body = call.body as {
    readonly definition?: { readonly id?: number };
    readonly sourceBranch?: string;
    readonly sourceVersion?: string;
    readonly templateParameters?: Readonly<Record<string, string>>;
  };
  const project = projectOf(call);
  const definition = state.definitions.find(
    ({ id, project: own }) => id === body.definition?.id && own === project,
  );
  if (!definition) throw refusals.argument("The build definition does not exist.");
  const run = await queueRun(state, {
    definition,
    reason: "manual",
    branch: body.sourceBranch,
    commit: body.sourceVersion,
    by: call.grant.identity,
    ...(body.templateParameters ? { parameters: body.templateParameters } : {}),
  });
  return { json: buildJson(call.organisation, run) };
}

function update(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = runOf(state, call);
  const { status } = call.body as { readonly status?: string };
  if (status?.toLowerCase() !== "cancelling") {
    throw refusals.argument("The sandbox changes a build's status to Cancelling only.");
  }
  cancelRun(state, run);
  return { json: buildJson(call.organisation, run) };
}

function tags(state: PipelinesState, call: Call): Answer {
  return listOf([...runOf(state, call).tags]);
}

function addTag(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  demandBuilds(call);
  run.tags.add(call.params["tag"] ?? "");
  return listOf([...run.tags]);
}

function updateStage(state: PipelinesState, call: Call): Answer {
  demandBuilds(call);
  const run = runOf(state, call);
  const stage = call.params["stageRefName"] ?? "";
  const body = call.body as {
    readonly state?: string | number;
    readonly forceRetryAllJobs?: boolean;
  };
  if (body.state !== "retry" && body.state !== 1) {
    throw refusals.argument("The sandbox knows the stage state retry only.");
  }
  const refusal = retryStage(state, run, { stage, allJobs: body.forceRetryAllJobs ?? false });
  if (refusal) throw refusals.argument(refusal);
  return { status: 204 };
}

// A run that has not begun has no timeline yet: 204.
function timeline(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  if (run.records.size === 0) return { status: 204 };
  return { json: timelineJson(call, run) };
}

function timelineJson(call: Call, run: Run) {
  const { organisation } = call;
  return {
    records: [...run.records.values()].map((record) => recordJson(organisation, run, record)),
    lastChangedBy: "00000002-0000-8888-8000-000000000000",
    lastChangedOn: run.finishTime ?? run.startTime ?? run.queueTime,
    id: run.planId,
    changeId: 1,
    url: `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}/Timeline/${run.planId}`,
  };
}
