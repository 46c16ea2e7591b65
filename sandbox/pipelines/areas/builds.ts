import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { cancelRun, retryRun } from "../change-run.ts";
import { queueRun } from "../queue-run.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { DataValue } from "../yaml/node.ts";
import { buildJson } from "./build-json.ts";
import { listRuns } from "./list-runs.ts";
import { bodyOf, demandBuilds, enumName, projectOf, runOf, type CurrentState } from "./run-call.ts";
import { textGiven } from "../../azure-devops/text-given.ts";

// Builds - List, Get, Queue, Update Build, Update Builds, Delete (REST 7.1).
export function buildRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Builds",
      id: "0cd358e1-9217-4d94-8269-1c1ee6f93dcf",
      template: "{project}/_apis/build/builds/{buildId?}",
      resourceVersion: 7,
      newestRevision: 8,
      methods: {
        GET: (call) =>
          call.params["buildId"] === undefined
            ? listRuns(state(), call)
            : { json: buildJson(call.organisation, runOf(state(), call)) },
        POST: (call) => queue(state(), call),
        PATCH: (call) =>
          call.params["buildId"] === undefined
            ? updateAll(state(), call)
            : { json: update(state(), call, { run: runOf(state(), call), body: bodyOf(call) }) },
        DELETE: (call) => remove(state(), call),
      },
    },
  ];
}

type QueueBody = {
  readonly definition: { readonly id?: number };
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly templateParameters: Readonly<Record<string, DataValue>>;
  /** Variables as JSON in a text. */
  readonly parameters: string | null;
};

async function queue(state: PipelinesState, call: Call): Promise<Answer> {
  demandBuilds(call);
  const body = bodyOf<QueueBody>(call);
  const project = projectOf(call);
  const definition = state.definitions.find(
    ({ id, project: own }) => id === body.definition?.id && own === project,
  );
  if (!definition) {
    throw new ApiError(
      404,
      "DefinitionNotFoundException",
      `The build pipeline with ID ${textGiven(body.definition?.id, "definition.id") ?? ""} does not exist. Specify a valid build pipeline and try again.`,
    );
  }
  if (definition.queueStatus === "disabled") {
    throw new ApiError(
      400,
      "DefinitionDisabledException",
      `The build pipeline ${definition.name} is disabled. Enable the pipeline and try again.`,
    );
  }
  const run = await queueRun(state, {
    ...{ definition, reason: "manual", by: call.grant.identity },
    branch: textGiven(body.sourceBranch, "sourceBranch"),
    commit: textGiven(body.sourceVersion, "sourceVersion"),
    variables: readVariables(body.parameters),
    ...(body.templateParameters ? { parameters: body.templateParameters } : {}),
  });
  return { json: buildJson(call.organisation, run) };
}

function readVariables(text: string | null | undefined) {
  if (!text) return new Map<string, { value: string; isSecret: boolean }>();
  try {
    const values = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return new Map(
      values.map(([name, value]) => [name, { value: String(value), isSecret: false }]),
    );
  } catch {
    throw refusals.argument("The parameters of the build are no JSON.");
  }
}

const statuses = { 1: "inProgress", 2: "completed", 4: "cancelling", 32: "notStarted" } as const;

type UpdateBody = {
  readonly id: number;
  readonly status: string | number;
  readonly keepForever: boolean;
  readonly buildNumber: string;
};

function update(
  state: PipelinesState,
  call: Call,
  { run, body }: { readonly run: Run; readonly body: Partial<UpdateBody> },
) {
  demandBuilds(call, "Stop builds");
  if (call.query["retry"]?.toLowerCase() === "true") {
    const refusal = retryRun(state, run);
    if (refusal) throw refusals.argument(refusal);
    return buildJson(call.organisation, run);
  }
  if (body.keepForever !== undefined) run.keepForever = body.keepForever;
  if (body.buildNumber !== undefined) run.buildNumber = body.buildNumber;
  if (body.status !== undefined) {
    if (enumName(body.status, statuses) !== "cancelling") {
      throw refusals.argument("A build's status can be changed to Cancelling only.");
    }
    cancelRun(state, run);
  }
  return buildJson(call.organisation, run);
}

function updateAll(state: PipelinesState, call: Call): Answer {
  const bodies = Array.isArray(call.body) ? (call.body as readonly Partial<UpdateBody>[]) : [];
  const project = projectOf(call);
  return listOf(
    bodies.map((body) => {
      const run = state.runs.find(
        (one) => one.id === body.id && one.definition.project === project,
      );
      if (!run) throw refusals.argument(`The requested build ${body.id ?? ""} could not be found.`);
      return update(state, call, { run, body });
    }),
  );
}

function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Delete builds");
  const run = runOf(state, call);
  if (run.status !== "completed") {
    throw new ApiError(
      400,
      "BuildStatusInvalidChangeException",
      `Build ${run.id} is in progress and cannot be deleted.`,
    );
  }
  state.runs.splice(state.runs.indexOf(run), 1);
  return { status: 204 };
}
