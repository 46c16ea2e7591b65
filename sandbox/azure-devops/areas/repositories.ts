import { rm } from "node:fs/promises";
import { addRepository } from "../add-repository.ts";
import { ApiError, refusals } from "../api-error.ts";
import { guidOf } from "../guid.ts";
import { runGit } from "../git/run-git.ts";
import { readRef } from "../git/read-ref.ts";
import { maySee } from "../git/visible-repository.ts";
import { hasRight, lacks } from "../rights.ts";
import { findProject, type Call, type Route } from "../route.ts";
import { repositoriesBeside, type Repository } from "../repository.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { projectOf } from "./projects.ts";
import { describeInList, describeRepository, repositoryRef } from "./repository-json.ts";

// Repositories - List, Get, Create, Update, Delete (REST 7.1).
export const repositoryRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "repositories",
    id: "225f7195-f9c7-4d14-ab28-a83f7ff77e1f",
    template: "{project?}/_apis/git/repositories/{repositoryId?}",
    methods: {
      GET: async (call) => {
        const { organisation, params } = call;
        if (params["repositoryId"] !== undefined) {
          return { json: await describeRepository(organisation, repositoryOf(call)) };
        }
        const listed = visible(call).map((one) => describeInList(organisation, one));
        return gitList(await Promise.all(listed));
      },
      POST: create,
      PATCH: update,
      DELETE: remove,
    },
  },
];

/** Lists of the git area have the value first; nobody should depend on it. */
export function gitList(value: readonly unknown[]) {
  return { json: { value, count: value.length } };
}

function visible(call: Call): readonly Repository[] {
  const { project: name } = call.params;
  const projects = name === undefined ? call.organisation.projects : [projectOf(call)];
  const hidden = call.query["includehidden"]?.toLowerCase() === "true";
  return projects
    .flatMap(({ repositories }) => repositories)
    .filter((repository) => maySee(repository, call.grant) && (hidden || !repository.isDisabled))
    .sort((a, b) => a.name.localeCompare(b.name));
}

type Body = {
  readonly name?: string;
  readonly project?: { readonly id?: string; readonly name?: string };
  readonly parentRepository?: unknown;
  readonly defaultBranch?: string;
  readonly isDisabled?: boolean;
};

async function create(call: Call) {
  const { organisation, grant } = call;
  const { name = "", project: wanted, parentRepository } = (call.body ?? {}) as Body;
  if (parentRepository) {
    throw new ApiError(501, "SandboxNotImplemented", "The sandbox has no forks.");
  }
  const inBody = wanted?.id ?? wanted?.name;
  const found = inBody === undefined ? undefined : findProject(organisation, inBody);
  if (inBody !== undefined && !found) throw refusals.project(inBody);
  const project = found ?? projectOf(call);
  if (!grant.identity.rights.has("CreateRepository")) {
    throw lacks(grant.identity, "CreateRepository", "project");
  }
  checkName(name, project.repositories);
  const serial = String((organisation.counters.next += 1));
  const repository = await addRepository(organisation, project, {
    name,
    id: guidOf(project.id, "repository", name, serial),
    files: {},
  });
  return { status: 201, json: repositoryRef(organisation, repository) };
}

async function update(call: Call) {
  const repository = repositoryOf(call);
  const { name, defaultBranch, isDisabled } = (call.body ?? {}) as Body;
  demand(call, "RenameRepository", { repository });
  if (name !== undefined && name !== repository.name) {
    checkName(name, repositoriesBeside(call.organisation, repository));
    repository.name = name;
  }
  if (typeof defaultBranch === "string") {
    if (
      defaultBranch === "" ||
      (await readRef(repository.directory, defaultBranch)) === undefined
    ) {
      throw refusals.argument(`The branch ${defaultBranch} does not exist.`);
    }
    repository.defaultBranch = defaultBranch;
    await runGit(repository.directory, ["symbolic-ref", "HEAD", defaultBranch]);
  }
  if (isDisabled !== undefined) repository.isDisabled = isDisabled;
  return { json: await describeRepository(call.organisation, repository) };
}

async function remove(call: Call) {
  const repository = repositoryOf(call);
  const { identity } = call.grant;
  if (!hasRight(identity, "DeleteRepository", { repository })) {
    throw lacks(identity, "DeleteRepository", "repository");
  }
  const repositories = repositoriesBeside(call.organisation, repository);
  repositories.splice(repositories.indexOf(repository), 1);
  await rm(repository.directory, { recursive: true, force: true });
  return { status: 204 };
}

function checkName(name: string, others: readonly Repository[]): void {
  if (name === "" || /[\\/:*?"<>;#$|{},+=[\]]|^[._]|\.$/.test(name)) {
    throw new ApiError(
      400,
      "InvalidGitRepositoryNameException",
      `TF400898: The repository name ${name} is not valid.`,
    );
  }
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new ApiError(
      409,
      "GitRepositoryNameAlreadyExistsException",
      `TF400948: A Git repository with the name ${name} already exists.`,
    );
  }
}
