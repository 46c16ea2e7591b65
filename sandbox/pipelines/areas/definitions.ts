import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { queueRun } from "../queue-run.ts";
import type { Definition, PipelinesState, Run } from "../state.ts";
import { demandBuilds, projectOf, runOf, type CurrentState } from "./run-call.ts";
import { definitionRef } from "./run-json.ts";

// Build definitions - List, Get; Pipelines - List, Get; Runs - Run Pipeline, Get (REST 7.1).
export function definitionRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Definitions",
      id: "dbeaf647-6167-421a-bda9-c9327b25e2e6",
      template: "{project}/_apis/build/definitions/{definitionId?}",
      resourceVersion: 7,
      methods: { GET: (call) => definitions(state(), call) },
    },
    {
      area: "pipelines",
      resource: "runs",
      id: "7859261e-d2e9-4a68-b820-a5d84cc5bb3d",
      template: "{project}/_apis/pipelines/{pipelineId}/runs/{runId?}",
      methods: {
        GET: (call) => readRuns(state(), call),
        POST: (call) => runPipeline(state(), call),
      },
    },
    {
      area: "pipelines",
      resource: "pipelines",
      id: "28e1305e-2afe-47bf-abaf-cbb0e6a91988",
      template: "{project}/_apis/pipelines/{pipelineId?}",
      methods: { GET: (call) => pipelines(state(), call) },
    },
  ];
}

function definitions(state: PipelinesState, call: Call): Answer {
  if (call.params["definitionId"] !== undefined) {
    const definition = definitionOf(state, call, "definitionId");
    return { json: definitionJson(call, definition) };
  }
  const project = projectOf(call);
  const { name, repositoryid } = call.query;
  const found = state.definitions.filter(
    (one) =>
      one.project === project &&
      (name === undefined || one.name.toLowerCase() === name.toLowerCase()) &&
      (repositoryid === undefined || one.repository.id === repositoryid),
  );
  return listOf(found.map((one) => definitionRef(call.organisation, one)));
}

function definitionJson(call: Call, definition: Definition) {
  const { repository } = definition;
  return {
    ...definitionRef(call.organisation, definition),
    process: { yamlFilename: definition.yamlPath, type: 2 },
    repository: {
      id: repository.id,
      type: "TfsGit",
      name: repository.name,
      defaultBranch: repository.defaultBranch,
      url: `${call.organisation.url}/${definition.project.name}/_git/${repository.name}`,
    },
  };
}

function pipelines(state: PipelinesState, call: Call): Answer {
  const shown = ({ id, name }: Definition) => ({
    _links: {},
    url: `${call.organisation.url}/_apis/pipelines/${id}?revision=1`,
    id,
    revision: 1,
    name,
    folder: "\\",
  });
  if (call.params["pipelineId"] !== undefined) {
    return { json: shown(definitionOf(state, call, "pipelineId")) };
  }
  const project = projectOf(call);
  return listOf(state.definitions.filter((one) => one.project === project).map(shown));
}

function readRuns(state: PipelinesState, call: Call): Answer {
  if (call.params["runId"] !== undefined) {
    return { json: runJson(call, runOf(state, call, "runId")) };
  }
  const wanted = definitionOf(state, call, "pipelineId");
  const runs = state.runs.filter(({ definition }) => definition === wanted).reverse();
  return listOf(runs.map((run) => runJson(call, run)));
}

async function runPipeline(state: PipelinesState, call: Call): Promise<Answer> {
  demandBuilds(call);
  const body = (call.body ?? {}) as {
    readonly resources?: {
      readonly repositories?: {
        readonly self?: { readonly refName?: string; readonly version?: string };
      };
    };
    readonly templateParameters?: Readonly<Record<string, string>>;
  };
  const self = body.resources?.repositories?.self;
  const run = await queueRun(state, {
    definition: definitionOf(state, call, "pipelineId"),
    reason: "manual",
    branch: self?.refName,
    commit: self?.version,
    by: call.grant.identity,
    ...(body.templateParameters ? { parameters: body.templateParameters } : {}),
  });
  if (run.validationError !== undefined) {
    throw new ApiError(400, "PipelineValidationException", run.validationError);
  }
  return { json: runJson(call, run) };
}

function runJson({ organisation }: Call, run: Run) {
  const { definition } = run;
  return {
    _links: {
      web: {
        href: `${organisation.url}/${definition.project.id}/_build/results?buildId=${run.id}`,
      },
    },
    templateParameters: run.parameters,
    pipeline: { id: definition.id, revision: 1, name: definition.name, folder: "\\" },
    state: run.status === "cancelling" ? "canceling" : run.status,
    ...(run.result === undefined ? {} : { result: run.result }),
    createdDate: run.queueTime,
    ...(run.finishTime === undefined ? {} : { finishedDate: run.finishTime }),
    url: `${organisation.url}/${definition.project.id}/_apis/pipelines/${definition.id}/runs/${run.id}`,
    id: run.id,
    name: run.buildNumber,
  };
}

function definitionOf(state: PipelinesState, call: Call, parameter: string): Definition {
  const project = projectOf(call);
  const id = Number(call.params[parameter]);
  const found = state.definitions.find((one) => one.id === id && one.project === project);
  if (found) return found;
  throw new ApiError(
    404,
    "DefinitionNotFoundException",
    `The build definition with ID ${call.params[parameter] ?? ""} does not exist.`,
  );
}
