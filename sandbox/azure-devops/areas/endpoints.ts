import { ApiError } from "../api-error.ts";
import { guidOf } from "../guid.ts";
import { identityRef } from "../identities.ts";
import { findProject, listOf, type Call, type Route } from "../route.ts";
import type { ServiceEndpoint } from "../endpoint.ts";
import type { Host } from "../host.ts";
import { projectOf } from "./projects.ts";

// Endpoints - Get Service Endpoints, Get, Create, Delete (REST 7.1), as far as YAML names them.
export const serviceEndpointRoutes: readonly Route[] = [
  {
    area: "serviceendpoint",
    resource: "endpoints",
    id: "e85f1c62-adfc-4b74-b618-11a150fb195e",
    template: "{project}/_apis/serviceendpoint/endpoints/{endpointId?}",
    resourceVersion: 4,
    minVersion: "4.1",
    methods: { GET: get, POST: create, DELETE: remove },
  },
  {
    area: "serviceendpoint",
    resource: "endpoints",
    id: "14e48fdc-2c8b-41ce-a0c3-e26f6cc55bd0",
    template: "_apis/serviceendpoint/endpoints/{endpointId?}",
    resourceVersion: 4,
    minVersion: "5.2",
    methods: { POST: create, DELETE: remove },
  },
];

function get(call: Call) {
  const { organisation, params, query } = call;
  const project = projectOf(call);
  const all = organisation.serviceEndpoints.filter(({ projects }) => projects.includes(project));
  const { endpointId } = params;
  if (endpointId !== undefined) {
    const found = all.find(({ id }) => id === endpointId.toLowerCase());
    // An unknown one is no error: the service answers null.
    return { json: found ? endpointJson(organisation, found) : null };
  }
  const names = query["endpointnames"]?.split(",");
  const type = query["type"];
  const shown = all.filter(
    (one) => (!names || names.includes(one.name)) && (!type || one.type === type),
  );
  return listOf(shown.map((one) => endpointJson(organisation, one)));
}

type Body = {
  readonly name?: string;
  readonly type?: string;
  readonly url?: string;
  readonly description?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly authorization?: ServiceEndpoint["authorization"];
  readonly serviceEndpointProjectReferences?: readonly {
    readonly projectReference?: { readonly id?: string; readonly name?: string };
  }[];
};

function create(call: Call) {
  demandEndpoints(call);
  const { organisation, grant } = call;
  const body = (call.body ?? {}) as Body;
  // Before 5.2 the address named the project.
  const own = call.params["project"] === undefined ? [] : [projectOf(call)];
  const named = (body.serviceEndpointProjectReferences ?? []).flatMap(({ projectReference }) => {
    const wanted = projectReference?.id ?? projectReference?.name ?? "";
    const found = findProject(organisation, wanted);
    return found ? [found] : [];
  });
  const endpoint: ServiceEndpoint = {
    id: guidOf("service endpoint", String((organisation.counters.next += 1))),
    name: body.name ?? "",
    type: body.type ?? "generic",
    url: body.url ?? "",
    description: body.description ?? "",
    createdBy: grant.identity,
    data: body.data ?? {},
    authorization: body.authorization ?? { scheme: "None", parameters: {} },
    projects: [...new Set([...own, ...named])],
  };
  organisation.serviceEndpoints.push(endpoint);
  return { json: endpointJson(organisation, endpoint) };
}

function remove(call: Call) {
  demandEndpoints(call);
  const all = call.organisation.serviceEndpoints;
  const at = all.findIndex(({ id }) => id === call.params["endpointId"]?.toLowerCase());
  if (at >= 0) all.splice(at, 1);
  return { status: 204 };
}

function demandEndpoints({ grant: { identity } }: Call): void {
  if (identity.rights.has("Administer")) return;
  throw new ApiError(
    403,
    "ServiceEndpointAccessDeniedException",
    `${identity.displayName} does not have permission to create or change service connections.`,
  );
}

// What is secret in the authorization is never answered.
function endpointJson(organisation: Host, endpoint: ServiceEndpoint) {
  const { id, name, type, url, description, createdBy, data, authorization, projects } = endpoint;
  const secret = /password|token|key|secret/i;
  const shown = Object.entries(authorization.parameters).map(([key, value]) => [
    key,
    secret.test(key) ? null : value,
  ]);
  return {
    data,
    id,
    name,
    type,
    url,
    createdBy: identityRef(createdBy, organisation.url),
    description,
    authorization: {
      parameters: Object.fromEntries(shown) as unknown,
      scheme: authorization.scheme,
    },
    isShared: projects.length > 1,
    isOutdated: false,
    isReady: true,
    owner: "Library",
    serviceEndpointProjectReferences: projects.map((project) => ({
      projectReference: { id: project.id, name: project.name },
      name,
      description,
    })),
  };
}
