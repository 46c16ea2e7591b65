import { ApiError } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import type { Answer, Call, Route } from "../../azure-devops/route.ts";
import type { Environment, KubernetesResource } from "../library.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { environmentNamed } from "./environments.ts";
import { bodyOf, demandBuilds, type CurrentState } from "./run-call.ts";

/** Environments, Kubernetes - Add, Get, Delete (REST 7.1), in both homes of environments. */
export function kubernetesResourceRoutes(state: CurrentState): readonly Route[] {
  const methods: Route["methods"] = {
    GET: (call) => read(state(), call),
    POST: (call) => add(state(), call),
    DELETE: (call) => remove(state(), call),
  };
  const below = "environments/{environmentId}/providers/kubernetes/{resourceId?}";
  return [
    {
      area: "distributedtask",
      resource: "kubernetes",
      id: "73fba52f-15ab-42b3-a538-ce67a9223a04",
      template: `{project}/_apis/distributedtask/${below}`,
      minVersion: "5.0",
      methods,
    },
    {
      area: "environments",
      resource: "kubernetes",
      id: "73fba52f-33ab-42b3-a538-ce67a9223b15",
      template: `{project}/_apis/pipelines/${below}`,
      resourceVersion: 2,
      minVersion: "5.2",
      methods,
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const environment = environmentNamed(state, call);
  return { json: resourceJson(call, environment, resourceNamed(environment, call)) };
}

type Body = Pick<KubernetesResource, "name" | "namespace" | "clusterName" | "tags"> & {
  readonly serviceEndpointId: string;
};

function add(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage environment");
  const environment = environmentNamed(state, call);
  const { name = "", namespace = "", clusterName = "", ...more } = bodyOf<Body>(call);
  const { serviceEndpointId = "", tags = [] } = more;
  const endpoint = call.organisation.serviceEndpoints.find(
    ({ id, projects }) =>
      id === serviceEndpointId.toLowerCase() && projects.includes(environment.project),
  );
  // The service's words (a public issue); what it says of each single field is UNVERIFIED.
  if (name === "" || namespace === "" || endpoint?.type.toLowerCase() !== "kubernetes") {
    throw refused(
      400,
      "Failed to create resource. Please ensure that all mandatory fields are provided as input.",
    );
  }
  if (environment.resources.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    throw refused(409, `Resource ${name} already exists in environment ${environment.name}.`);
  }
  const by = call.grant.identity;
  const resource: KubernetesResource = {
    id: (state.counters.resource += 1),
    ...{ name, namespace, clusterName, tags, serviceEndpointId: endpoint.id },
    createdBy: by,
    createdOn: nowOf(state),
  };
  environment.resources.push(resource);
  return { json: resourceJson(call, environment, resource) };
}

function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage environment");
  const environment = environmentNamed(state, call);
  const gone = resourceNamed(environment, call);
  environment.resources.splice(environment.resources.indexOf(gone), 1);
  return { status: 204 };
}

function resourceNamed({ resources, name }: Environment, { params }: Call): KubernetesResource {
  const wanted = params["resourceId"] ?? "";
  const found = resources.find(({ id }) => String(id) === wanted);
  if (found) return found;
  throw refused(404, `No resource found with identifier ${wanted} in environment ${name}.`);
}

// The type keys are UNVERIFIED.
function refused(status: 400 | 404 | 409, message: string): ApiError {
  const keys = { 400: "Invalid", 404: "NotFound", 409: "Exists" };
  return new ApiError(status, `EnvironmentResource${keys[status]}Exception`, message);
}

function resourceJson({ organisation }: Call, environment: Environment, one: KubernetesResource) {
  const by = identityRef(one.createdBy, organisation.url);
  return {
    namespace: one.namespace,
    clusterName: one.clusterName,
    ...{ serviceEndpointId: one.serviceEndpointId, id: one.id, name: one.name },
    type: "kubernetes",
    tags: one.tags,
    ...{ createdBy: by, createdOn: one.createdOn, lastModifiedBy: by },
    lastModifiedOn: one.createdOn,
    environmentReference: { id: environment.id, name: environment.name },
  };
}
