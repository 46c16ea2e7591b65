import { rm } from "node:fs/promises";
import { addProject } from "../add-project.ts";
import { ApiError, refusals } from "../api-error.ts";
import { guidOf } from "../guid.ts";
import { basicProcess } from "../processes.ts";
import { findProject, listOf, type Call, type Route } from "../route.ts";
import type { Host } from "../host.ts";
import type { Operation } from "../project.ts";
import type { GitProject } from "../repository.ts";
import { continued } from "../paging.ts";
import { projectJson, projectRef } from "./project-json.ts";

// Projects - List, Get, Create, Update, Delete (REST 7.1). Changes go on after their answer: 202
// with an operation to look at, as recorded.
export const projectRoutes: readonly Route[] = [
  {
    area: "core",
    resource: "projects",
    id: "603fe2ac-9723-48b9-88ad-09305aa6c6e1",
    template: "_apis/projects/{projectId?}",
    location: "_apis/{resource}/{*projectId}",
    resourceVersion: 4,
    methods: {
      GET: (call) => (call.params["projectId"] === undefined ? list(call) : get(call)),
      POST: create,
      PATCH: update,
      DELETE: remove,
    },
  },
  {
    area: "operations",
    resource: "operations",
    id: "9a1b74b4-2ca8-4a9f-8470-c2f2e6fdc949",
    template: "_apis/operations/{operationId}",
    location: "_apis/{resource}/{operationId}",
    minVersion: "2.0",
    methods: { GET: operation },
  },
];

// `stateFilter`: there are no projects in other states than well formed here.
function list(call: Call) {
  const { organisation } = call;
  const projects = [...organisation.projects].sort((a, b) => a.name.localeCompare(b.name));
  const page = continued(call, projects, ({ id }) => id);
  return { ...page, ...listOf(page.items.map((project) => projectRef(organisation, project))) };
}

function get(call: Call) {
  const withCapabilities = call.query["includecapabilities"]?.toLowerCase() === "true";
  return { json: projectJson(call.organisation, projectOf(call), { withCapabilities }) };
}

/** The project that the call names. @throws TF200016 */
export function projectOf(call: Call): GitProject {
  const name = call.params["projectId"] ?? call.params["project"] ?? "";
  const project = findProject(call.organisation, name);
  if (!project) throw refusals.project(name);
  return project;
}

type Body = {
  readonly name?: string;
  readonly description?: string;
  readonly visibility?: string;
  readonly capabilities?: {
    readonly processTemplate?: { readonly templateTypeId?: string };
  };
};

function create(call: Call) {
  const { organisation } = call;
  demandAdministrator(call);
  const { name, description, visibility, capabilities } = (call.body ?? {}) as Body;
  if (!name) throw refusals.argument("A project needs a name.");
  if (findProject(organisation, name)) {
    throw new ApiError(
      400,
      "ProjectAlreadyExistsException",
      `TF200019: The following project already exists on the Azure DevOps Server: ${name}.`,
    );
  }
  const serial = String((organisation.counters.next += 1));
  return begin(call, () =>
    addProject(organisation, {
      name,
      id: guidOf(organisation.name, "project", name, serial),
      ...(description === undefined ? {} : { description }),
      visibility: visibility ?? "private",
      processId: capabilities?.processTemplate?.templateTypeId ?? basicProcess,
      // Every project begins with an empty repository of its name.
      repositories: [
        { name, files: {}, id: guidOf(organisation.name, "repository", name, serial) },
      ],
    }),
  );
}

function update(call: Call) {
  demandAdministrator(call);
  const project = projectOf(call);
  const { name, description, visibility } = (call.body ?? {}) as Body;
  return begin(call, () => {
    if (name !== undefined) project.name = name;
    if (description !== undefined) project.description = description;
    if (visibility !== undefined) project.visibility = visibility;
    project.revision = call.organisation.counters.projectRevision += 1;
    project.lastUpdateTime = call.organisation.clock.now().toISOString();
    return Promise.resolve();
  });
}

function remove(call: Call) {
  demandAdministrator(call);
  const { organisation } = call;
  const project = projectOf(call);
  return begin(call, async () => {
    organisation.projects.splice(organisation.projects.indexOf(project), 1);
    for (const { directory } of project.repositories) {
      await rm(directory, { recursive: true, force: true });
    }
  });
}

function demandAdministrator({ grant: { identity } }: Call): void {
  if (identity.rights.has("Administer")) return;
  throw new ApiError(
    403,
    "AccessCheckException",
    `TF50309: The following account does not have sufficient permissions to complete the operation: ${identity.displayName}.`,
  );
}

function begin(call: Call, work: () => Promise<unknown>) {
  const { organisation } = call;
  const started: Operation = {
    id: guidOf("operation", String((organisation.counters.next += 1))),
    status: "notSet",
  };
  organisation.operations.set(started.id, started);
  setImmediate(() => {
    started.status = "inProgress";
    work().then(
      () => (started.status = "succeeded"),
      (error: unknown) => {
        started.status = "failed";
        process.emitWarning(error instanceof Error ? error : String(error));
      },
    );
  });
  const { id, status, url } = operationJson(organisation, started);
  return { status: 202, json: { id, status, url } };
}

function operation({ organisation, params }: Call) {
  const found = organisation.operations.get(params["operationId"] ?? "");
  if (!found) {
    throw new ApiError(
      404,
      "OperationNotFoundException",
      `Operation ${params["operationId"] ?? ""} was not found.`,
    );
  }
  return { json: operationJson(organisation, found) };
}

function operationJson(organisation: Host, { id, status }: Operation) {
  const url = `${organisation.url}/_apis/operations/${id}`;
  return { id, status, url, _links: { self: { href: url } } };
}
