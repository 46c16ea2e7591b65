import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createEventBus } from "./events.ts";
import { noFaults } from "./faults.ts";
import { writeCommit } from "./git/objects.ts";
import { git } from "./git/run-git.ts";
import { guidOf } from "./guid.ts";
import { createBuildService, createConnectorIdentity, createPeople } from "./identities.ts";
import type { Seed, SeedRepository } from "./seed.ts";
import type { Clock } from "./clock.ts";
import type { Organisation, Project, Repository } from "./state.ts";

/** Builds the organisation that the seed describes; repositories are made on disk. */
export async function createOrganisation(options: {
  readonly seed: Seed;
  readonly clock: Clock;
  readonly directory: string;
}): Promise<Organisation> {
  const { seed, clock, directory } = options;
  const people = createPeople(seed.organisation);
  const connector = createConnectorIdentity(seed.organisation);
  const organisation: Organisation = {
    id: guidOf("organisation", seed.organisation),
    name: seed.organisation,
    url: "",
    directory,
    clock,
    projects: [],
    identities: [...people, connector],
    grants: new Map(),
    events: createEventBus(),
    faults: noFaults(),
    unhandled: [],
    documents: new Map(),
    counters: { next: 0, nextPullRequest: 0, nextStatus: 0, nextPush: 0 },
  };
  for (const { name, repositories } of seed.projects) {
    const id = guidOf(seed.organisation, "project", name);
    const buildService = createBuildService({ organisation, project: { name, id } });
    const project: Project = { id, name, repositories: [], buildService };
    organisation.projects.push(project);
    organisation.identities.push(buildService);
    for (const repository of repositories) await addRepository(organisation, project, repository);
  }
  for (const identity of organisation.identities) {
    organisation.grants.set(`sandbox-${identity.name}`, { identity, repositories: "all" });
  }
  return organisation;
}

/** Makes a bare repository; with files it gets one commit on `main`. */
async function addRepository(
  organisation: Organisation,
  project: Project,
  seed: SeedRepository,
): Promise<Repository> {
  const directory = join(organisation.directory, project.name, `${seed.name}.git`);
  await mkdir(directory, { recursive: true });
  await git(directory, ["init", "--bare", "--quiet", "--initial-branch=main"]);
  await git(directory, ["config", "gc.auto", "0"]);
  await git(directory, ["config", "receive.autogc", "false"]);
  await git(directory, ["config", "http.receivepack", "true"]);
  await git(directory, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
  await git(directory, ["config", "uploadpack.allowFilter", "true"]);
  const repository: Repository = {
    id: guidOf(organisation.name, "repository", project.name, seed.name),
    name: seed.name,
    project,
    directory,
    defaultBranch: "refs/heads/main",
    statuses: new Map(),
    pullRequests: [],
    pushes: new Map(),
    protectedBranches: new Map(
      seed.minimumApprovers === undefined
        ? []
        : [["refs/heads/main", { minimumApprovers: seed.minimumApprovers }]],
    ),
    hiddenFrom: new Set(seed.hiddenFrom),
  };
  project.repositories.push(repository);
  if (Object.keys(seed.files).length > 0) {
    const commit = await writeCommit(directory, {
      parent: undefined,
      edits: Object.entries(seed.files).map(([path, text]) => ({
        path,
        content: Buffer.from(text),
        mode: text.startsWith("#!") ? "100755" : "100644",
      })),
      message: `Begin ${seed.name}\n`,
      author: {
        name: "Dana Developer",
        email: "developer@fabrikam.com",
        date: organisation.clock.now(),
      },
    });
    await git(directory, ["update-ref", "refs/heads/main", commit]);
  }
  return repository;
}
