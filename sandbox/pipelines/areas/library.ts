import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Deployment, PipelinesState } from "../state.ts";
import { projectOf, type CurrentState } from "./run-call.ts";

// Variablegroups - Get; Environments - List, Get; Environment deployment records - List (REST 7.1).
export function libraryRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "distributedtask",
      resource: "variablegroups",
      id: "f5b09dd5-9d54-45a1-8b5a-1c8287d634cc",
      template: "{project}/_apis/distributedtask/variablegroups/{groupId?}",
      resourceVersion: 2,
      methods: { GET: (call) => groups(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "environmentdeploymentRecords",
      id: "51bb5d21-4305-4ea6-9dbb-b7488af73334",
      template:
        "{project}/_apis/distributedtask/environments/{environmentId}/environmentdeploymentrecords",
      methods: { GET: (call) => deployments(state(), call) },
    },
    {
      area: "distributedtask",
      resource: "environments",
      id: "8572b1fc-2482-47fa-8f74-7e3ed53ee54b",
      template: "{project}/_apis/distributedtask/environments/{environmentId?}",
      methods: { GET: (call) => environments(state(), call) },
    },
  ];
}

// Values of secret variables are never answered.
function groups(state: PipelinesState, call: Call): Answer {
  projectOf(call);
  const { groupname } = call.query;
  const found = state.groups.filter(
    ({ id, name }) =>
      (groupname === undefined || name.toLowerCase() === groupname.toLowerCase()) &&
      (call.params["groupId"] === undefined || String(id) === call.params["groupId"]),
  );
  const json = found.map(({ id, name, variables }) => ({
    id,
    name,
    type: "Vsts",
    description: "",
    isShared: false,
    variables: Object.fromEntries(
      [...variables].map(([key, { value, isSecret }]) => [
        key,
        isSecret ? { value: null, isSecret } : { value },
      ]),
    ),
  }));
  return call.params["groupId"] === undefined ? listOf(json) : { json: json[0] ?? null };
}

function environments(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const json = state.environments.map(({ id, name }) => ({
    id,
    name,
    description: "",
    project: { id: project.id, name: project.name },
  }));
  const wanted = call.params["environmentId"];
  if (wanted !== undefined) return { json: json.find(({ id }) => String(id) === wanted) ?? null };
  const { name } = call.query;
  return listOf(json.filter((one) => name === undefined || one.name === name));
}

function deployments(state: PipelinesState, call: Call): Answer {
  projectOf(call);
  const environment = state.environments.find(
    ({ id }) => String(id) === call.params["environmentId"],
  );
  const top = Number(call.query["top"] ?? 25);
  return listOf(
    (environment?.deployments ?? [])
      .slice(0, top)
      .map((one) => deploymentJson(Number(call.params["environmentId"]), one)),
  );
}

function deploymentJson(environmentId: number, one: Deployment) {
  const { run } = one;
  return {
    id: one.id,
    environmentId,
    serviceOwner: "00025394-6065-48ca-87d9-7f5672854ef7",
    scopeId: run.definition.project.id,
    planType: "Build",
    planId: run.planId,
    stageName: one.stageName,
    jobName: one.jobName,
    stageAttempt: one.attempt,
    jobAttempt: one.attempt,
    definition: { id: run.definition.id, name: run.definition.name },
    owner: { id: run.id, name: run.buildNumber },
    ...(one.result === undefined ? {} : { result: one.result }),
    queueTime: one.queueTime,
    startTime: one.startTime,
    ...(one.finishTime === undefined ? {} : { finishTime: one.finishTime }),
  };
}
