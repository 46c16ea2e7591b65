import { refusals } from "../api-error.ts";
import { currentId } from "../git/update-ref.ts";
import { maySee } from "../git/visible-repository.ts";
import { zeros } from "../events.ts";
import { findProject, listOf, type Call, type Route } from "../route.ts";
import type { Organisation, Project, Repository } from "../state.ts";
import { repositoryOf } from "./git-call.ts";

// Git repositories - Get Repository, List (REST 7.1).
export const repositoryRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "repositories",
    id: "225f7195-f9c7-4d14-ab28-a83f7ff77e1f",
    template: "{project?}/_apis/git/repositories/{repositoryId?}",
    methods: {
      GET: async (call) =>
        call.params["repositoryId"] === undefined
          ? listOf(await Promise.all(visible(call).map((one) => repositoryJson(call, one))))
          : { json: await repositoryJson(call, repositoryOf(call)) },
    },
  },
];

function visible(call: Call): readonly Repository[] {
  const { project: name } = call.params;
  const project = name === undefined ? undefined : findProject(call.organisation, name);
  if (name !== undefined && !project) throw refusals.project(name);
  const projects = project ? [project] : call.organisation.projects;
  return projects
    .flatMap(({ repositories }) => repositories)
    .filter((repository) => maySee(repository, call.grant));
}

async function repositoryJson(call: Call, repository: Repository) {
  const { organisation } = call;
  const empty = (await currentId(repository, repository.defaultBranch)) === zeros;
  const { origin, host, pathname } = new URL(organisation.url);
  const web = `${organisation.url}/${encodeURIComponent(repository.project.name)}/_git/${encodeURIComponent(repository.name)}`;
  return {
    ...repositoryRef(organisation, repository),
    ...(empty ? {} : { defaultBranch: repository.defaultBranch }),
    size: 0,
    remoteUrl: web.replace(origin, `http://${organisation.name}@${host}`),
    sshUrl: `git@ssh.${host}:v3${pathname}/${repository.project.name}/${repository.name}`,
    webUrl: web,
    isDisabled: false,
    isInMaintenance: false,
  };
}

/** A repository as it stands inside other answers. */
export function repositoryRef(organisation: Organisation, repository: Repository) {
  return {
    id: repository.id,
    name: repository.name,
    url: `${organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`,
    project: projectRef(organisation, repository.project),
  };
}

export function projectRef(organisation: Organisation, project: Project) {
  return {
    id: project.id,
    name: project.name,
    url: `${organisation.url}/_apis/projects/${project.id}`,
    state: "wellFormed",
    revision: 11,
    visibility: "private",
    lastUpdateTime: "2026-01-05T09:00:00.000Z",
  };
}
