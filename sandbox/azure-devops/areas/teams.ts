import { ApiError } from "../api-error.ts";
import { guidOf } from "../guid.ts";
import { identityRef } from "../identities.ts";
import { processes } from "../processes.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Host } from "../host.ts";
import type { Team } from "../project.ts";
import { projectOf } from "./projects.ts";
import { teamJson } from "./project-json.ts";

// Teams - Get Teams, Get, Create, members; Processes - List (REST 7.1, answers as recorded).
export const teamRoutes: readonly Route[] = [
  {
    area: "core",
    resource: "teams",
    id: "d30a3dd1-f8ba-442a-b86a-bd0c0c383e59",
    template: "_apis/projects/{projectId}/teams/{teamId?}",
    location: "_apis/projects/{projectId}/{resource}/{*teamId}",
    resourceVersion: 3,
    methods: { GET: getTeams, POST: createTeam, PATCH: changeTeam, DELETE: deleteTeam },
  },
  {
    area: "core",
    resource: "teams",
    id: "7a4d9ee9-3433-4347-b47a-7a80f1cf307e",
    template: "_apis/teams",
    minVersion: "4.1",
    releasedVersion: "0.0",
    resourceVersion: 3,
    methods: {
      GET: ({ organisation }) =>
        listOf(
          organisation.projects.flatMap((project) =>
            project.teams.map((team) => teamJson(organisation, project, team)),
          ),
        ),
    },
  },
  {
    area: "core",
    resource: "members",
    id: "294c494c-2600-4d7e-b76c-3dd50c3c95be",
    template: "_apis/projects/{projectId}/teams/{teamId}/members",
    resourceVersion: 2,
    methods: {
      GET: (call) => {
        const people = call.organisation.identities.filter(({ rights }) =>
          rights.has("CreateBranch"),
        );
        return listOf(
          people
            .filter(({ name }) => name !== "build")
            .map((one) => ({ identity: identityRef(one, call.organisation.url) })),
        );
      },
    },
  },
  {
    area: "core",
    resource: "processes",
    id: "93878975-88c5-4e6a-8abb-7ddd77a8a7d8",
    template: "_apis/process/processes/{processId?}",
    location: "_apis/process/{resource}/{*processId}",
    methods: { GET: getProcesses },
  },
];

function getTeams(call: Call) {
  const { organisation, params } = call;
  const project = projectOf(call);
  if (params["teamId"] === undefined) {
    return listOf(project.teams.map((team) => teamJson(organisation, project, team)));
  }
  return { json: teamJson(organisation, project, teamOf(call)) };
}

function teamOf(call: Call): Team {
  const wanted = (call.params["teamId"] ?? "").toLowerCase();
  const team = projectOf(call).teams.find(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted,
  );
  if (team) return team;
  throw new ApiError(
    404,
    "TeamNotFoundException",
    `The team with id '${call.params["teamId"] ?? ""}' does not exist.`,
  );
}

function changeTeam(call: Call) {
  const team = teamOf(call);
  const { name, description } = (call.body ?? {}) as Partial<Record<string, string>>;
  if (name !== undefined) team.name = name;
  if (description !== undefined) team.description = description;
  return { json: teamJson(call.organisation, projectOf(call), team) };
}

function deleteTeam(call: Call) {
  const { teams } = projectOf(call);
  teams.splice(teams.indexOf(teamOf(call)), 1);
  return { status: 204 };
}

function createTeam(call: Call) {
  const { organisation } = call;
  const project = projectOf(call);
  const { name = "", description = "" } = (call.body ?? {}) as Partial<Record<string, string>>;
  if (project.teams.some((team) => team.name.toLowerCase() === name.toLowerCase())) {
    throw new ApiError(400, "TeamAlreadyExistsException", `The team ${name} exists already.`);
  }
  const serial = String((organisation.counters.next += 1));
  const team = { id: guidOf(project.id, "team", name, serial), name, description };
  project.teams.push(team);
  return { status: 201, json: teamJson(organisation, project, team) };
}

function getProcesses({ organisation, params: { processId } }: Call) {
  const all = processes.map((process) => processJson(organisation, process));
  if (processId === undefined) return listOf(all);
  const found = all.find(({ id }) => id === processId.toLowerCase());
  if (!found) {
    throw new ApiError(404, "ProcessNotFoundException", `There is no process ${processId}.`);
  }
  return { json: found };
}

function processJson(organisation: Host, { id, name }: (typeof processes)[number]) {
  return {
    id,
    description: `Work items of the ${name} process.`,
    isDefault: name === "Basic",
    type: "system",
    url: `${organisation.url}/_apis/process/processes/${id}`,
    name,
  };
}
