import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import {
  findProject,
  listOf,
  type Answer,
  type Call,
  type Route,
} from "../../azure-devops/route.ts";
import type { Project } from "../../azure-devops/project.ts";
import type { GroupVariable, VariableGroup } from "../library.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { pageOf } from "./page.ts";
import { bodyOf, demandBuilds, projectOf, type CurrentState } from "./run-call.ts";
import { textGiven } from "../../azure-devops/text-given.ts";

const area = { area: "distributedtask", resource: "variablegroups", resourceVersion: 2 } as const;

// Variablegroups - Get, Add, Update, Delete, of a project and of the organisation (REST 7.1).
export function variableGroupRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      ...area,
      id: "f5b09dd5-9d54-45a1-8b5a-1c8287d634cc",
      template: "{project}/_apis/distributedtask/variablegroups/{groupId?}",
      methods: {
        GET: (call) => read(state(), call),
        // Still answered for clients of REST 5 (recorded).
        POST: (call) => add(state(), call, projectOf(call)),
        PUT: (call) => update(state(), call),
        DELETE: (call) => remove(state(), call),
      },
    },
    {
      ...area,
      id: "ef5b7057-ffc3-4c77-bbad-c10b4a4abcc7",
      template: "_apis/distributedtask/variablegroups/{groupId?}",
      methods: {
        POST: (call) => add(state(), call, referenced(call)),
        PUT: (call) => update(state(), call),
        DELETE: (call) => remove(state(), call),
      },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const own = state.groups.filter((one) => one.project === project);
  const wanted = call.params["groupId"];
  if (wanted !== undefined) {
    // An unknown one is no error: the service answers null.
    const found = own.find(({ id }) => String(id) === wanted);
    return { json: found ? groupJson(call, found, "one") : null };
  }
  const ids = call.query["groupids"]?.split(",").filter(Boolean);
  const name = call.query["groupname"];
  const pattern =
    name === undefined
      ? undefined
      : new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "i");
  const found = own.filter(
    (one) => (!ids || ids.includes(String(one.id))) && (!pattern || pattern.test(one.name)),
  );
  if (["idascending", "0"].includes(call.query["queryorder"]?.toLowerCase() ?? "")) {
    found.sort((a, b) => a.id - b.id);
  } else found.sort((a, b) => b.id - a.id);
  const { items, headers } = pageOf(call, found, 10_000);
  return { ...listOf(items.map((one) => groupJson(call, one, "list"))), headers };
}

type Shown = "list" | "one" | "written";

function groupJson({ organisation }: Call, group: VariableGroup, shown: Shown) {
  // Who wrote it is not looked up yet.
  const who = (identity: VariableGroup["createdBy"]) =>
    shown === "written"
      ? { displayName: null, id: identity.id }
      : identityRef(identity, organisation.url);
  const { id, name, description, project } = group;
  return {
    variables: Object.fromEntries(
      [...group.variables].map(([key, { value, isSecret, isReadOnly }]) => [
        key,
        {
          value: isSecret ? null : value,
          ...(isSecret ? { isSecret } : {}),
          ...(isReadOnly ? { isReadOnly } : {}),
        },
      ]),
    ),
    ...{ id, type: "Vsts", name, description },
    createdBy: who(group.createdBy),
    createdOn: group.createdOn,
    modifiedBy: who(group.modifiedBy),
    modifiedOn: group.modifiedOn,
    isShared: false,
    // Lists leave them out (recorded).
    variableGroupProjectReferences:
      shown !== "list"
        ? [{ projectReference: { id: project.id, name: project.name }, name, description }]
        : null,
  };
}

type Body = {
  readonly name: string;
  readonly description: string | null;
  readonly type: string;
  readonly variables: Readonly<
    Record<
      string,
      {
        readonly value?: string | null;
        readonly isSecret?: boolean;
        readonly isReadOnly?: boolean;
      } | null
    >
  >;
  readonly variableGroupProjectReferences: readonly {
    readonly name?: string;
    readonly description?: string;
    readonly projectReference?: { readonly id?: string; readonly name?: string };
  }[];
};

function firstReference({ variableGroupProjectReferences: list }: Partial<Body>) {
  return Array.isArray(list) ? (list as Body["variableGroupProjectReferences"])[0] : undefined;
}

function referenced(call: Call): Project {
  const { id, name } = firstReference(bodyOf<Body>(call))?.projectReference ?? {};
  const wanted = textGiven(id, "projectReference.id") ?? textGiven(name, "projectReference.name");
  const project = findProject(call.organisation, wanted ?? "");
  if (project) return project;
  throw refusals.argument("The variable group needs a project in variableGroupProjectReferences.");
}

function add(state: PipelinesState, call: Call, project: Project): Answer {
  demandBuilds(call, "Create variable group");
  const { body, name } = readBody(call);
  demandFree(state, project, { name, own: undefined });
  const by = call.grant.identity;
  const group: VariableGroup = {
    id: (state.counters.group += 1),
    ...{ project, name, description: body.description ?? "", createdBy: by, modifiedBy: by },
    createdOn: nowOf(state),
    modifiedOn: nowOf(state),
    variables: readVariables(body, new Map()),
  };
  state.groups.push(group);
  return { json: groupJson(call, group, "written") };
}

function update(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage variable group");
  const group = groupOf(state, call);
  const { body, name } = readBody(call);
  demandFree(state, group.project, { name, own: group });
  group.name = name;
  group.description = body.description ?? "";
  group.variables = readVariables(body, group.variables);
  group.modifiedBy = call.grant.identity;
  group.modifiedOn = nowOf(state);
  return { json: groupJson(call, group, "written") };
}

function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage variable group");
  state.groups.splice(state.groups.indexOf(groupOf(state, call)), 1);
  return { status: 204 };
}

function readBody(call: Call) {
  const body = bodyOf<Body>(call);
  const other = firstReference(body)?.name;
  const name = body.name ?? textGiven(other, "variableGroupProjectReferences.name") ?? "";
  if (name.trim() === "") throw refusals.argument("Variable group name is missing.");
  if (body.type !== undefined && body.type !== "Vsts") {
    throw refusals.argument("The sandbox has variable groups of type Vsts only.");
  }
  if (Object.keys(body.variables ?? {}).length === 0) {
    throw refusals.argument("Variable group should have at least one variable.");
  }
  return { body, name };
}

// A secret that comes back without its value keeps the one that it has (recorded).
function readVariables(
  { variables = {} }: Partial<Body>,
  before: ReadonlyMap<string, GroupVariable>,
): Map<string, GroupVariable> {
  return new Map(
    Object.entries(variables).map(([key, one]) => {
      const { value, isSecret = false, isReadOnly = false } = one ?? {};
      const kept = isSecret ? before.get(key)?.value : undefined;
      const text = textGiven(value, `variables.${key}`) ?? kept ?? "";
      return [key, { value: text, isSecret, isReadOnly }];
    }),
  );
}

function groupOf(state: PipelinesState, call: Call): VariableGroup {
  const wanted = call.params["groupId"] ?? "";
  const project = call.params["project"] === undefined ? undefined : projectOf(call);
  const found = state.groups.find(
    (one) => String(one.id) === wanted && (!project || one.project === project),
  );
  if (found) return found;
  throw new ApiError(
    404,
    "VariableGroupNotFoundException",
    `No variable group found with identifier ${wanted}.`,
  );
}

function demandFree(
  state: PipelinesState,
  project: Project,
  { name, own }: { readonly name: string; readonly own: VariableGroup | undefined },
): void {
  const taken = state.groups.some(
    (one) =>
      one !== own && one.project === project && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!taken) return;
  throw new ApiError(
    409,
    "VariableGroupExistsException",
    `Variable group ${name} already exists in project ${project.name}.`,
  );
}
