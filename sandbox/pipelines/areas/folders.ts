import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Host } from "../../azure-devops/host.ts";
import type { Project } from "../../azure-devops/project.ts";
import { folderPath, folderPaths, isBelow, makeFolders, type Folder } from "../folder.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { projectRef } from "./definition-json.ts";
import { removeDefinition } from "./definitions.ts";
import { bodyOf, demandBuilds, projectOf, type CurrentState } from "./run-call.ts";

type FolderBody = { readonly path: string; readonly description: string };

/** Folders - List, Create, Update, Delete (REST 7.1). */
export function folderRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "Folders",
      id: "a906531b-d2da-4f55-bda7-f3e676cc50d9",
      // Clients before 7.0 name the folder here, later ones in the query.
      template: "{project}/_apis/build/folders/{*path}",
      resourceVersion: 2,
      methods: {
        GET: (call) => list(state(), call),
        PUT: (call) => create(state(), call),
        POST: (call) => update(state(), call),
        DELETE: (call) => remove(state(), call),
      },
    },
  ];
}

function list(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const below = pathOf(call) ?? "\\";
  const found = folderPaths(state, project).filter((path) => isBelow(path, below));
  const order = call.query["queryorder"]?.toLowerCase();
  const paths = order === "folderdescending" || order === "2" ? found.reverse() : found;
  return listOf(
    paths.map((path) => {
      const made = madeFolder(state, project, path);
      return made
        ? folderJson(call.organisation, made)
        : {
            path,
            createdOn: project.lastUpdateTime,
            project: projectRef(call.organisation, project),
          };
    }),
  );
}

function create(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Edit build pipeline");
  const project = projectOf(call);
  const { path: inBody, description } = bodyOf<FolderBody>(call);
  const path = pathOf(call) ?? (inBody === undefined ? undefined : folderPath(inBody));
  if (path === undefined || path === "\\") throw refusals.argument("The folder needs a path.");
  demandFree(state, project, path);
  makeFolders(state, { project, path, by: call.grant.identity, now: nowOf(state) });
  const folder = existingFolder(state, project, path);
  folder.description = description;
  return { json: folderJson(call.organisation, folder) };
}

// Whatever lies in it moves with it.
function update(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Edit build pipeline");
  const project = projectOf(call);
  const before = existing(state, call);
  const body = bodyOf<FolderBody>(call);
  const path = body.path === undefined ? before : folderPath(body.path);
  if (path.toLowerCase() !== before.toLowerCase()) {
    if (isBelow(path, before)) throw refusals.argument("A folder cannot move into itself.");
    demandFree(state, project, path);
  }
  const by = call.grant.identity;
  const changed = { lastChangedBy: by, lastChangedDate: nowOf(state) };
  const folder = existingFolder(state, project, before);
  Object.assign(folder, changed, { description: body.description ?? folder.description });
  for (const one of [...state.folders, ...state.definitions]) {
    if (one.project !== project || !isBelow(one.path, before)) continue;
    one.path = path + one.path.slice(before.length);
  }
  makeFolders(state, { project, path, by, now: nowOf(state) });
  return { json: folderJson(call.organisation, folder) };
}

// With its pipelines and their runs, as the documents say.
function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Delete build pipeline");
  const project = projectOf(call);
  const path = existing(state, call);
  const inside = (one: { readonly project: Project; readonly path: string }) =>
    one.project === project && isBelow(one.path, path);
  state.definitions.filter(inside).forEach((definition) => removeDefinition(state, definition));
  const kept = state.folders.filter((one) => !inside(one));
  state.folders.splice(0, Infinity, ...kept);
  return { status: 204 };
}

function pathOf({ query, params }: Call): string | undefined {
  const given = query["path"] ?? params["path"];
  return given === undefined || given === "" ? undefined : folderPath(given);
}

/** The path of a folder that is there and may be changed: any but the root. */
function existing(state: PipelinesState, call: Call): string {
  const path = pathOf(call) ?? "\\";
  if (path === "\\") throw refusals.argument("The root folder cannot be changed.");
  const found = folderPaths(state, projectOf(call)).find(
    (one) => one.toLowerCase() === path.toLowerCase(),
  );
  if (found !== undefined) return found;
  // The type key is UNVERIFIED.
  throw new ApiError(404, "FolderNotFoundException", `The folder ${path} does not exist.`);
}

function demandFree(state: PipelinesState, project: Project, path: string): void {
  const taken = folderPaths(state, project).some((one) => one.toLowerCase() === path.toLowerCase());
  if (!taken) return;
  // The type key is UNVERIFIED.
  throw new ApiError(409, "FolderExistsException", `The folder ${path} already exists.`);
}

function existingFolder(state: PipelinesState, project: Project, path: string): Folder {
  const found = madeFolder(state, project, path);
  if (!found) throw new Error(`a folder ${path} that was not made`);
  return found;
}

function madeFolder(state: PipelinesState, project: Project, path: string): Folder | undefined {
  return state.folders.find(
    (one) => one.project === project && one.path.toLowerCase() === path.toLowerCase(),
  );
}

function folderJson(organisation: Host, folder: Folder) {
  const { path, description, createdOn, lastChangedDate, project } = folder;
  return {
    ...{ path, description, createdOn, lastChangedDate },
    createdBy: identityRef(folder.createdBy, organisation.url),
    lastChangedBy: identityRef(folder.lastChangedBy, organisation.url),
    project: projectRef(organisation, project),
  };
}
