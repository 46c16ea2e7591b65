import { refusals } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { addDefinition } from "../add-definition.ts";
import type { Definition } from "../definition.ts";
import type { PipelinesState } from "../state.ts";
import { pageOf } from "./page.ts";
import { bodyOf, definitionOf, demandBuilds, projectOf, type CurrentState } from "./run-call.ts";

// Pipelines - List, Get, Create (REST 7.1).
export function pipelineListRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "pipelines",
      resource: "pipelines",
      id: "28e1305e-2afe-47bf-abaf-cbb0e6a91988",
      template: "{project}/_apis/pipelines/{pipelineId?}",
      methods: {
        GET: (call) => read(state(), call),
        POST: (call) => create(state(), call),
      },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  if (call.params["pipelineId"] !== undefined) {
    return { json: pipelineJson(call, definitionOf(state, call, "pipelineId"), true) };
  }
  const project = projectOf(call);
  const found = state.definitions.filter((one) => one.project === project);
  const order = call.query["orderby"]?.toLowerCase() ?? "name asc";
  found.sort((a, b) => a.name.localeCompare(b.name));
  if (order.endsWith("desc")) found.reverse();
  const { items, headers } = pageOf(call, found, 10_000);
  return { ...listOf(items.map((one) => pipelineJson(call, one, false))), headers };
}

function pipelineJson({ organisation }: Call, definition: Definition, whole: boolean) {
  const { id, name, path, revision, project, repository, yamlPath } = definition;
  const url = `${organisation.url}/${project.id}/_apis/pipelines/${id}?revision=${revision}`;
  const web = `${organisation.url}/${project.id}/_build/definition?definitionId=${id}`;
  return {
    _links: { self: { href: url }, web: { href: web } },
    ...(whole
      ? {
          configuration: {
            path: yamlPath,
            repository: { id: repository.id, type: "azureReposGit" },
            type: "yaml",
          },
        }
      : {}),
    ...{ url, id, revision, name, folder: path },
  };
}

type CreateBody = {
  readonly name: string;
  readonly folder: string | null;
  readonly configuration: {
    readonly type?: string | number;
    readonly path?: string;
    readonly repository?: { readonly id?: string; readonly type?: string };
  };
};

function create(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Create build pipeline");
  const { name = "", folder, configuration } = bodyOf<CreateBody>(call);
  if (name === "") throw refusals.argument("The pipeline needs a name.");
  if (configuration?.type !== "yaml" && configuration?.type !== 1) {
    throw refusals.argument("The sandbox runs YAML pipelines only (configuration type yaml).");
  }
  const project = projectOf(call);
  const id = configuration.repository?.id?.toLowerCase();
  const repository = call.organisation.projects
    .flatMap(({ repositories }) => repositories)
    .find((one) => one.id === id);
  if (!repository) throw refusals.repository(id ?? "");
  const definition = addDefinition(state, {
    ...{ project, repository, by: call.grant.identity, name, path: folder ?? "\\" },
    yamlPath: (configuration.path ?? "").replace(/^\//, ""),
  });
  return { json: pipelineJson(call, definition, true) };
}
