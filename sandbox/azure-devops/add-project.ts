import { addRepository } from "./add-repository.ts";
import { guidOf } from "./guid.ts";
import { createBuildService, teamIdentity } from "./identities.ts";
import { basicProcess } from "./processes.ts";
import type { SeedProject } from "./seed.ts";
import type { Organisation } from "./organisation.ts";
import type { GitProject } from "./repository.ts";

/** Adds a project with its team, its build service and its repositories. */
export async function addProject(
  organisation: Organisation,
  seed: SeedProject & { readonly processId?: string },
): Promise<GitProject> {
  const { name } = seed;
  const id = seed.id ?? guidOf(organisation.name, "project", name);
  const buildService = createBuildService({ organisation, project: { name, id } });
  const project: GitProject = {
    id,
    name,
    description: seed.description,
    visibility: seed.visibility ?? "private",
    revision: (organisation.counters.projectRevision += 1),
    lastUpdateTime: organisation.clock.now().toISOString(),
    processId: seed.processId ?? basicProcess,
    repositories: [],
    buildService,
    teams: [
      { id: guidOf(id, "team"), name: `${name} Team`, description: "The default project team." },
    ],
  };
  organisation.projects.push(project);
  organisation.identities.push(
    buildService,
    ...project.teams.map((team) => teamIdentity(team, name)),
  );
  const token = `sandbox-${buildService.name}`;
  const grant = { identity: buildService, repositories: "all" } as const;
  // The first project's build service is the well-known one.
  if (!organisation.grants.has(token)) organisation.grants.set(token, grant);
  organisation.grants.set(`${token}-${name}`, grant);
  for (const repository of seed.repositories)
    await addRepository(organisation, project, repository);
  for (const { name: endpoint, type, url } of seed.serviceEndpoints ?? []) {
    organisation.serviceEndpoints.push({
      id: guidOf(id, "service endpoint", endpoint),
      name: endpoint,
      type,
      url,
      description: "",
      createdBy: organisation.identities[0] ?? buildService,
      data: {},
      authorization: { scheme: "UsernamePassword", parameters: {} },
      projects: [project],
    });
  }
  return project;
}
