import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { addCheck } from "../checks/add-check.ts";
import {
  checkTypes,
  taskChecks,
  type CheckConfiguration,
  type Resource,
  type ResourceType,
} from "../checks/model.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { bodyOf, demandAdministrator, projectOf, type CurrentState } from "./run-call.ts";

// Check Configurations - List, Get, Add, Update, Delete, Query (REST 7.1-preview).
export function checkConfigurationRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "PipelinesChecks",
      resource: "configurations",
      id: "86c8381e-5aee-4cde-8ae4-25c0c7f5eaea",
      template: "{project}/_apis/pipelines/checks/configurations/{id?}",
      releasedVersion: "0.0",
      methods: {
        GET: (call) => read(state(), call),
        POST: (call) => add(state(), call),
        PATCH: (call) => update(state(), call),
        DELETE: (call) => remove(state(), call),
      },
    },
    {
      area: "PipelinesChecks",
      resource: "queryconfigurations",
      id: "5f3d0e64-f943-4584-8811-77eb495e831e",
      template: "{project}/_apis/pipelines/checks/queryconfigurations",
      releasedVersion: "0.0",
      methods: { POST: (call) => query(state(), call) },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  if (call.params["id"] !== undefined) return { json: checkJson(call, checkOf(state, call)) };
  const { resourcetype, resourceid } = call.query;
  const found = state.checks.filter(
    ({ project: own, resource }) =>
      own === project &&
      (resourcetype === undefined || resource.type === resourcetype.toLowerCase()) &&
      (resourceid === undefined || resource.id === resourceid),
  );
  return listOf(found.map((one) => checkJson(call, one)));
}

function query(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const wanted = Array.isArray(call.body) ? (call.body as readonly Partial<Resource>[]) : [];
  const found = state.checks.filter(
    ({ project: own, resource }) =>
      own === project &&
      wanted.some(({ type, id }) => type?.toLowerCase() === resource.type && id === resource.id),
  );
  return listOf(found.map((one) => checkJson(call, one)));
}

function checkJson(
  { organisation, query: { $expand: expand }, method }: Call,
  one: CheckConfiguration,
) {
  const { id, type, resource, timeout, version, settings, project, isDisabled } = one;
  const url = `${organisation.url}/${project.id}/_apis/pipelines/checks/configurations/${id}`;
  // Settings come only when they are asked for, or were just written.
  const shown = expand !== undefined || method === "POST" || method === "PATCH";
  return {
    ...(shown ? { settings } : {}),
    createdBy: identityRef(one.createdBy, organisation.url),
    createdOn: one.createdOn,
    modifiedBy: identityRef(one.modifiedBy, organisation.url),
    modifiedOn: one.modifiedOn,
    ...{ timeout, version, id, isDisabled },
    _links: { self: { href: url } },
    ...{ type, url, resource },
  };
}

type Body = {
  readonly type: { readonly id?: string; readonly name?: string };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resource: Partial<Resource>;
  readonly timeout: number;
  readonly isDisabled?: boolean;
};

const resourceTypes: readonly ResourceType[] = [
  ...(["environment", "endpoint", "queue", "repository", "variablegroup", "securefile"] as const),
];

function add(state: PipelinesState, call: Call): Answer {
  const body = bodyOf<Body>(call);
  demandAdministrator(call, `the ${body.resource?.type ?? "resource"}`);
  const kind = resourceTypes.find((one) => one === body.resource?.type?.toLowerCase());
  if (!kind || body.resource?.id === undefined) {
    throw refusals.argument("A check needs a resource with type and id.");
  }
  const type = typeOf(body);
  const { id, name = "" } = body.resource;
  const check = addCheck(state, projectOf(call), {
    ...{ by: call.grant.identity, type, settings: body.settings ?? {}, timeout: body.timeout },
    isDisabled: body.isDisabled === true,
    resource: { type: kind, id: String(id), name },
  });
  return { json: checkJson(call, check) };
}

// What the sandbox evaluates; another check is refused rather than left out.
function typeOf({ type, settings }: Partial<Body>): CheckConfiguration["type"] {
  const found = Object.values(checkTypes).find(
    (one) => one.id === type?.id?.toLowerCase() || one.name === type?.name,
  );
  const reference = settings?.["definitionRef"] as { readonly id?: string } | undefined;
  const known = Object.values(taskChecks) as readonly string[];
  if (found && (found !== checkTypes.task || known.includes(reference?.id?.toLowerCase() ?? ""))) {
    return found;
  }
  throw refusals.argument(
    `The sandbox does not do the check ${type?.name ?? type?.id ?? ""} ${reference?.id ?? ""}: it has approvals, exclusive locks, branch control, business hours and Invoke REST API.`,
  );
}

function update(state: PipelinesState, call: Call): Answer {
  const check = checkOf(state, call);
  demandAdministrator(call, `the ${check.resource.type}`);
  const { settings, timeout, isDisabled } = bodyOf<Body>(call);
  check.settings = settings ?? check.settings;
  check.timeout = timeout ?? check.timeout;
  check.isDisabled = isDisabled ?? check.isDisabled;
  check.version += 1;
  check.modifiedBy = call.grant.identity;
  check.modifiedOn = nowOf(state);
  return { json: checkJson(call, check) };
}

function remove(state: PipelinesState, call: Call): Answer {
  const check = checkOf(state, call);
  demandAdministrator(call, `the ${check.resource.type}`);
  state.checks.splice(state.checks.indexOf(check), 1);
  return { status: 204 };
}

function checkOf(state: PipelinesState, call: Call): CheckConfiguration {
  const project = projectOf(call);
  const wanted = call.params["id"] ?? "";
  const found = state.checks.find((one) => one.project === project && String(one.id) === wanted);
  if (found) return found;
  throw new ApiError(
    404,
    "CheckConfigurationNotFoundException",
    `No check configuration found with identifier ${wanted}.`,
  );
}
