import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Repository } from "../../azure-devops/repository.ts";
import { addDefinition } from "../add-definition.ts";
import { cancelRun } from "../change-run.ts";
import type { Definition } from "../definition.ts";
import { makeFolders } from "../folder.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { definitionJson, definitionListJson } from "./definition-json.ts";
import { readDefinition, type DefinitionBody } from "./read-definition.ts";
import { bodyOf, definitionOf, demandBuilds, projectOf, type CurrentState } from "./run-call.ts";
import { pageOf } from "./page.ts";
import { textGiven } from "../../azure-devops/text-given.ts";

// Definitions - List, Get, Create, Update, Delete (REST 7.1).
export function definitionRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Definitions",
      id: "dbeaf647-6167-421a-bda9-c9327b25e2e6",
      template: "{project}/_apis/build/definitions/{definitionId?}",
      resourceVersion: 7,
      newestRevision: 8,
      methods: {
        GET: (call) => read(state(), call),
        POST: (call) => create(state(), call),
        PUT: (call) => update(state(), call),
        PATCH: (call) => patch(state(), call),
        DELETE: (call) => remove(state(), call),
      },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const { organisation } = call;
  if (call.params["definitionId"] !== undefined) {
    return { json: definitionJson(organisation, definitionOf(state, call, "definitionId")) };
  }
  return list(state, call);
}

function list(state: PipelinesState, call: Call): Answer {
  const { organisation, query } = call;
  const project = projectOf(call);
  const ids = query["definitionids"]?.split(",").filter(Boolean);
  const path = query["path"];
  const pattern = query["name"] && wildcard(query["name"]);
  const found = state.definitions.filter(
    (one) =>
      one.project === project &&
      (!pattern || pattern.test(one.name)) &&
      (!ids || ids.includes(String(one.id))) &&
      (path === undefined || one.path.toLowerCase() === path.toLowerCase()) &&
      (query["yamlfilename"] === undefined || one.yamlPath === query["yamlfilename"]) &&
      (query["repositoryid"] === undefined || one.repository.id === query["repositoryid"]),
  );
  const order = query["queryorder"]?.toLowerCase() ?? "";
  if (order.startsWith("definitionname") || order === "3" || order === "4") {
    found.sort((a, b) => a.name.localeCompare(b.name));
    if (order.endsWith("descending") || order === "4") found.reverse();
  }
  const { items, headers } = pageOf(call, found, 10_000);
  const all = query["includeallproperties"]?.toLowerCase() === "true";
  const json = items.map((one) =>
    all ? definitionJson(organisation, one) : definitionListJson(organisation, one),
  );
  return { ...listOf(json), headers };
}

function wildcard(text: string): RegExp {
  const source = text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i");
}

function create(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Edit build pipeline");
  const project = projectOf(call);
  const given = readDefinition(call, undefined);
  demandFreeName(state, call, { name: given.name, own: undefined });
  const repository = repositoryOf(call, given.repository);
  const definition = addDefinition(state, {
    ...given,
    ...{ project, repository, by: call.grant.identity },
  });
  return { json: definitionJson(call.organisation, definition) };
}

function update(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Edit build pipeline");
  const definition = definitionOf(state, call, "definitionId");
  const { revision } = bodyOf<DefinitionBody>(call);
  if (revision !== undefined && revision !== definition.revision) {
    // The status is documented for stale updates; the type key is UNVERIFIED.
    throw new ApiError(
      409,
      "DefinitionConflictException",
      `The build pipeline ${definition.name} was changed by someone else: its revision is ${definition.revision}, not ${textGiven(revision, "revision") ?? ""}.`,
    );
  }
  const given = readDefinition(call, definition);
  demandFreeName(state, call, { name: given.name, own: definition });
  const repository = given.repository ? repositoryOf(call, given.repository) : undefined;
  Object.assign(definition, {
    ...{ name: given.name, path: given.path, yamlPath: given.yamlPath },
    ...{ description: given.description, queueStatus: given.queueStatus, queueId: given.queueId },
    comment: given.comment,
    repositoryProperties: given.repositoryProperties,
    repository: repository ?? definition.repository,
    defaultBranch: `refs/heads/${given.defaultBranch.replace("refs/heads/", "")}`,
    revision: definition.revision + 1,
    changedDate: nowOf(state),
  });
  const by = call.grant.identity;
  makeFolders(state, { project: definition.project, path: definition.path, by, now: nowOf(state) });
  definition.variables.clear();
  for (const [name, value] of given.variables) definition.variables.set(name, value);
  return { json: definitionJson(call.organisation, definition) };
}

// Restores a deleted one in the service; here nothing is kept.
function patch(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Edit build pipeline");
  return { json: definitionJson(call.organisation, definitionOf(state, call, "definitionId")) };
}

function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Delete build pipeline");
  removeDefinition(state, definitionOf(state, call, "definitionId"));
  return { status: 204 };
}

/** Takes a pipeline away; what it runs is cancelled. */
export function removeDefinition(state: PipelinesState, definition: Definition): void {
  for (const run of state.runs.filter((one) => one.definition === definition)) {
    cancelRun(state, run);
  }
  state.definitions.splice(state.definitions.indexOf(definition), 1);
}

function demandFreeName(
  state: PipelinesState,
  call: Call,
  { name, own }: { readonly name: string; readonly own: Definition | undefined },
): void {
  const project = projectOf(call);
  const taken = state.definitions.some(
    (one) =>
      one !== own && one.project === project && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!taken) return;
  throw new ApiError(
    409,
    "DefinitionExistsException",
    `A build pipeline named "${name}" already exists in this folder. Give the pipeline a different name or put it in a different folder.`,
  );
}

function repositoryOf(call: Call, given: DefinitionBody["repository"] | undefined): Repository {
  const id = textGiven(given?.id, "repository.id");
  const name = textGiven(given?.name, "repository.name");
  const found = call.organisation.projects
    .flatMap(({ repositories }) => repositories)
    .find(
      (one) =>
        one.id === id?.toLowerCase() || (!id && one.name.toLowerCase() === name?.toLowerCase()),
    );
  if (!found) throw refusals.repository(id ?? name ?? "");
  return found;
}
