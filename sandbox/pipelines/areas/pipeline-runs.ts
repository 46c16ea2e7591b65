import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { findRepository } from "../find-repository.ts";
import { queueRun, readRun } from "../queue-run.ts";
import type { RunRequest } from "../run-request.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { writeYaml } from "../yaml/write-yaml.ts";
import type { DataValue } from "../yaml/node.ts";
import {
  bodyOf,
  definitionOf,
  demandBuilds,
  demandView,
  runOf,
  type CurrentState,
} from "./run-call.ts";
import { textGiven } from "../../azure-devops/text-given.ts";

// Runs - List, Get, Run Pipeline; Preview - Preview (REST 7.1).
export function pipelineRunRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "pipelines",
      resource: "runs",
      id: "7859261e-d2e9-4a68-b820-a5d84cc5bb3d",
      template: "{project}/_apis/pipelines/{pipelineId}/runs/{runId?}",
      resourceVersion: 2,
      methods: {
        GET: (call) => read(state(), call),
        POST: (call) => start(state(), call),
      },
    },
    {
      area: "pipelines",
      resource: "preview",
      id: "53df2d18-29ea-46a9-bee0-933540f80abf",
      template: "{project}/_apis/pipelines/{pipelineId}/preview",
      resourceVersion: 2,
      methods: { POST: (call) => previewRun(state(), call) },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const wanted = definitionOf(state, call, "pipelineId");
  if (call.params["runId"] !== undefined) {
    return { json: runJson(state, call, runOf(state, call, "runId")) };
  }
  // The service answers the newest 10,000 without paging (documents).
  demandView(call);
  const runs = state.runs.filter(({ definition }) => definition === wanted).reverse();
  return listOf(runs.slice(0, 10_000).map((run) => runJson(state, call, run)));
}

type Body = {
  readonly resources: {
    readonly repositories?: Readonly<
      Record<string, { readonly refName?: string; readonly version?: string } | null>
    >;
    readonly pipelines?: Readonly<Record<string, { readonly version?: string } | null>>;
  };
  readonly templateParameters: Readonly<Record<string, DataValue>>;
  readonly variables: Readonly<
    Record<string, { readonly value?: string; readonly isSecret?: boolean }>
  >;
  readonly stagesToSkip: readonly string[];
  readonly previewRun: boolean;
  readonly yamlOverride: string;
};

function requestOf(state: PipelinesState, call: Call): RunRequest {
  const body = bodyOf<Body>(call);
  const { self, ...others } = body.resources?.repositories ?? {};
  const definition = definitionOf(state, call, "pipelineId");
  demandSettable(definition.variables, body.variables ?? {});
  return {
    ...{ definition, reason: "manual", by: call.grant.identity },
    branch: textGiven(self?.refName, "resources.repositories.self.refName"),
    commit: textGiven(self?.version, "resources.repositories.self.version"),
    parameters: body.templateParameters ?? {},
    variables: new Map(
      Object.entries(body.variables ?? {}).map(([name, { value, isSecret = false }]) => [
        name,
        { value: textGiven(value, `variables.${name}`) ?? "", isSecret },
      ]),
    ),
    refs: texts(others, (one) => textGiven(one?.refName, "refName")),
    versions: texts(body.resources?.pipelines ?? {}, (one) => textGiven(one?.version, "version")),
    stagesToSkip: body.stagesToSkip ?? [],
    yaml: body.yamlOverride,
  };
}

// "Variables that are not settable at queue time": those of the settings without allowOverride.
function demandSettable(
  known: ReadonlyMap<string, { readonly allowOverride: boolean }>,
  given: Readonly<Record<string, unknown>>,
): void {
  const empty = Object.keys(given).find((name) => given[name] === null);
  if (empty !== undefined) throw invalid(`Value cannot be null. (Parameter 'variables.${empty}')`);
  const refused = Object.keys(given).find((name) => known.get(name)?.allowOverride === false);
  if (refused === undefined) return;
  throw invalid(
    `You can't set the following variables (${refused}). If you want to be able to set these variables, then edit the pipeline and select Settable at queue time on the variables tab of the pipeline editor.`,
  );
}

function invalid(message: string): ApiError {
  return new ApiError(400, "PipelineValidationException", message);
}

function texts<T>(
  record: Readonly<Record<string, T>>,
  of: (one: T) => string | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, one]) => {
      const text = of(one);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

async function start(state: PipelinesState, call: Call): Promise<Answer> {
  if (bodyOf<Body>(call).previewRun) return previewRun(state, call);
  demandBuilds(call);
  const request = requestOf(state, call);
  if (request.definition.queueStatus === "disabled") {
    throw invalid(`The pipeline ${request.definition.name} is disabled.`);
  }
  // What cannot be read starts nothing here: the caller is told.
  const { run } = await readRun(state, request);
  if (run.validationError !== undefined) throw invalid(run.validationError);
  return { json: runJson(state, call, await queueRun(state, request)) };
}

async function previewRun(state: PipelinesState, call: Call): Promise<Answer> {
  demandBuilds(call);
  const { run, loaded } = await readRun(state, { ...requestOf(state, call), preview: true });
  if (!loaded) throw invalid(run.validationError ?? "");
  return { json: { finalYaml: writeYaml(loaded.normal) } };
}

function runJson(state: PipelinesState, call: Call, run: Run) {
  const { organisation } = call;
  const { definition } = run;
  const root = `${organisation.url}/${definition.project.id}`;
  const pipeline = `${root}/_apis/pipelines/${definition.id}?revision=${run.definitionRevision}`;
  const url = `${root}/_apis/pipelines/${definition.id}/runs/${run.id}`;
  return {
    _links: {
      self: { href: url },
      web: { href: `${root}/_build/results?buildId=${run.id}` },
      "pipeline.web": { href: `${root}/_build/definition?definitionId=${definition.id}` },
      pipeline: { href: pipeline },
    },
    templateParameters: run.parameters,
    pipeline: {
      ...{ url: pipeline, id: definition.id, revision: run.definitionRevision },
      name: definition.name,
      folder: definition.path,
    },
    state: run.status === "cancelling" ? "canceling" : stateWord(run),
    ...(run.result === undefined ? {} : { result: resultWord(run.result) }),
    createdDate: run.queueTime,
    ...(run.finishTime === undefined ? {} : { finishedDate: run.finishTime }),
    ...{ url, resources: resourcesJson(state, run), id: run.id, name: run.buildNumber },
    ...variablesJson(run),
  };
}

function stateWord({ status }: Run): string {
  return status === "completed" ? "completed" : "inProgress";
}

// This interface knows three results (REST: RunResult).
function resultWord(result: NonNullable<Run["result"]>): string {
  return result === "partiallySucceeded" ? "succeeded" : result;
}

function resourcesJson(state: PipelinesState, run: Run) {
  const known = run.pipeline?.resources.repositories ?? [];
  const others = known.flatMap(({ alias }) => {
    const found = findRepository(state, run, alias);
    return found
      ? [
          [
            alias,
            {
              repository: { id: found.repository.id, type: "azureReposGit" },
              refName: found.ref.startsWith("refs/") ? found.ref : `refs/heads/${found.ref}`,
            },
          ] as const,
        ]
      : [];
  });
  const self = {
    repository: { id: run.definition.repository.id, type: "azureReposGit" },
    refName: run.sourceBranch,
    version: run.sourceVersion,
  };
  const pipelines = [...run.pipelineRuns].map(([alias, source]) => [
    alias,
    {
      pipeline: { id: source.definition.id, name: source.definition.name, folder: "\\" },
      version: source.buildNumber,
    },
  ]);
  return {
    repositories: { self, ...Object.fromEntries(others) },
    ...(pipelines.length === 0 ? {} : { pipelines: Object.fromEntries(pipelines) as unknown }),
  };
}

function variablesJson({ variables }: Run) {
  if (variables.size === 0) return {};
  return {
    variables: Object.fromEntries(
      [...variables].map(([name, { value, isSecret }]) => [
        name,
        isSecret ? { value: null, isSecret } : { value },
      ]),
    ),
  };
}
