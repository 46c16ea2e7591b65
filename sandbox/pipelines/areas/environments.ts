import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { addEnvironment } from "../engine/deployments.ts";
import type { Deployment, Environment } from "../library.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { pageOf } from "./page.ts";
import { bodyOf, demandBuilds, projectOf, type CurrentState } from "./run-call.ts";

// Environments - List, Get, Add, Update, Delete; Environment deployment records - List. Two homes,
// one content (research, rendering and REST §4.4).
export function environmentRoutes(state: CurrentState): readonly Route[] {
  const all: Route["methods"] = {
    GET: (call) => read(state(), call),
    POST: (call) => add(state(), call),
    PATCH: (call) => update(state(), call),
    DELETE: (call) => remove(state(), call),
  };
  const records: Route["methods"] = { GET: (call) => deployments(state(), call) };
  return [
    {
      area: "distributedtask",
      resource: "environmentdeploymentRecords",
      id: "51bb5d21-4305-4ea6-9dbb-b7488af73334",
      template:
        "{project}/_apis/distributedtask/environments/{environmentId}/environmentdeploymentrecords",
      methods: records,
    },
    {
      area: "environments",
      resource: "environmentdeploymentrecords",
      id: "0d9bba8c-e474-49a0-979a-e3b990b4bf76",
      template:
        "{project}/_apis/pipelines/environments/{environmentId}/environmentdeploymentrecords",
      methods: records,
    },
    {
      area: "distributedtask",
      resource: "environments",
      id: "8572b1fc-2482-47fa-8f74-7e3ed53ee54b",
      template: "{project}/_apis/distributedtask/environments/{environmentId?}",
      methods: all,
    },
    {
      area: "environments",
      resource: "environments",
      id: "d86b72de-d240-4d6f-8d06-08c2d66b015d",
      template: "{project}/_apis/pipelines/environments/{environmentId?}",
      methods: all,
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  if (call.params["environmentId"] !== undefined) {
    return { json: environmentJson(call, environmentNamed(state, call)) };
  }
  const project = projectOf(call);
  const name = call.query["name"]?.toLowerCase();
  const found = state.environments.filter(
    (one) =>
      one.project === project && (name === undefined || one.name.toLowerCase().includes(name)),
  );
  const { items, headers } = pageOf(call, found, 1000);
  return { ...listOf(items.map((one) => environmentJson(call, one))), headers };
}

function environmentJson({ organisation, query }: Call, environment: Environment) {
  const { id, name, description, project, resources } = environment;
  const expand = ["resourcereferences", "1"].includes(query["expands"]?.toLowerCase() ?? "");
  return {
    ...{ id, name, description },
    createdBy: identityRef(environment.createdBy, organisation.url),
    createdOn: environment.createdOn,
    lastModifiedBy: identityRef(environment.lastModifiedBy, organisation.url),
    lastModifiedOn: environment.lastModifiedOn,
    resources: expand
      ? resources.map(({ id, name, tags }) => ({ id, name, type: "kubernetes", tags }))
      : [],
    project: { id: project.id, name: project.name },
  };
}

type Body = { readonly name: string; readonly description: string };

function add(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Create environment");
  const project = projectOf(call);
  const { name = "", description = "" } = bodyOf<Body>(call);
  if (name.trim() === "") throw refusals.argument("The environment needs a name.");
  const taken = state.environments.some(
    (one) => one.project === project && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw new ApiError(
      409,
      "EnvironmentExistsException",
      `Environment ${name} already exists in project ${project.name}.`,
    );
  }
  const environment = addEnvironment(state, project, {
    ...{ name, description, by: call.grant.identity },
  });
  return { json: environmentJson(call, environment) };
}

function update(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage environment");
  const environment = environmentNamed(state, call);
  const { name, description } = bodyOf<Body>(call);
  environment.name = name ?? environment.name;
  environment.description = description ?? environment.description;
  environment.lastModifiedBy = call.grant.identity;
  environment.lastModifiedOn = nowOf(state);
  return { json: environmentJson(call, environment) };
}

function remove(state: PipelinesState, call: Call): Answer {
  demandBuilds(call, "Manage environment");
  state.environments.splice(state.environments.indexOf(environmentNamed(state, call)), 1);
  return { status: 204 };
}

/** The environment that the call names. @throws EnvironmentNotFoundException */
export function environmentNamed(state: PipelinesState, call: Call): Environment {
  const project = projectOf(call);
  const wanted = call.params["environmentId"] ?? "";
  const found = state.environments.find(
    (one) => one.project === project && String(one.id) === wanted,
  );
  if (found) return found;
  throw new ApiError(
    404,
    "EnvironmentNotFoundException",
    `No environment found with identifier ${wanted}.`,
  );
}

function deployments(state: PipelinesState, call: Call): Answer {
  const environment = environmentNamed(state, call);
  const { items, headers } = pageOf(call, environment.deployments, 25);
  return {
    ...listOf(items.map((one) => deploymentJson(call, environment, one))),
    headers,
  };
}

function deploymentJson({ organisation }: Call, environment: Environment, one: Deployment) {
  const { run } = one;
  const { project, id, name } = run.definition;
  const root = `${organisation.url}/${project.id}`;
  const links = (self: string, web: string) => ({ self: { href: self }, web: { href: web } });
  return {
    ...{ id: one.id, requestIdentifier: one.requestIdentifier, environmentId: environment.id },
    serviceOwner: "00025394-6065-48ca-87d9-7f5672854ef7",
    scopeId: project.id,
    ...{ planType: "Build", planId: run.planId, stageName: one.stageName, jobName: one.jobName },
    stageAttempt: one.stageAttempt,
    jobAttempt: one.jobAttempt,
    definition: {
      _links: links(
        `${root}/_apis/build/definitions/${id}`,
        `${root}/_build/definition?definitionId=${id}`,
      ),
      id,
      name,
    },
    owner: {
      _links: links(
        `${root}/_apis/build/Builds/${run.id}`,
        `${root}/_build/results?buildId=${run.id}`,
      ),
      id: run.id,
      name: run.buildNumber,
    },
    ...(one.result === undefined ? {} : { result: one.result }),
    queueTime: one.queueTime,
    startTime: one.startTime,
    ...(one.finishTime === undefined ? {} : { finishTime: one.finishTime }),
  };
}
