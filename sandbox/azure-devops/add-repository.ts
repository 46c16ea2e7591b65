import type { Host } from "./host.ts";
import type { Identities } from "./identity.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addPolicy } from "./policies/add-policy.ts";
import { type Policies, policyTypes } from "./policies/policy.ts";
import { importBranches } from "./git/import-branches.ts";
import { guidOf } from "./guid.ts";
import type { SeedBranches, SeedPolicy, SeedRepository } from "./seed.ts";
import type { GitProject, Repository } from "./repository.ts";

/** Makes a bare repository; with files it gets one commit on its default branch. */
export async function addRepository(
  organisation: Host & Identities & Policies,
  project: GitProject,
  seed: SeedRepository,
): Promise<Repository> {
  const { name, defaultBranch = "main" } = seed;
  const id = seed.id ?? guidOf(organisation.name, "repository", project.name, name);
  const directory = join(organisation.directory, project.id, `${id}.git`);
  await createBare(directory, defaultBranch);
  const repository: Repository = {
    id,
    name,
    project,
    directory,
    defaultBranch: `refs/heads/${defaultBranch}`,
    isDisabled: false,
    size: 0,
    statuses: new Map(),
    pushes: new Map(),
    pushLog: [],
    creators: new Map(),
    locks: new Map(),
    permissions: [...(seed.permissions ?? [])],
    hiddenFrom: new Set(seed.hiddenFrom),
    imports: [],
  };
  project.repositories.push(repository);
  await writeBranches(organisation, repository, {
    ...(Object.keys(seed.files).length > 0 ? { [defaultBranch]: seed.files } : {}),
    ...seed.branches,
  });
  addPolicies(organisation, repository, seed);
  return repository;
}

// What `git init --bare` leaves, without a process and its templates: hundreds are made.
async function createBare(directory: string, branch: string): Promise<void> {
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags"]) {
    await mkdir(join(directory, folder), { recursive: true });
  }
  await writeFile(join(directory, "HEAD"), `ref: refs/heads/${branch}\n`);
  await writeFile(join(directory, "config"), settings);
}

const settings = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[gc]
	auto = 0
[receive]
	autogc = false
[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
`;

/** One commit a branch; every further branch grows from the first one. */
export async function writeBranches(
  organisation: Host,
  repository: Repository,
  branches: SeedBranches,
): Promise<void> {
  const commits = Object.entries(branches).map(([branch, files], index) => ({
    branch,
    files,
    message: index > 0 ? `Change ${branch}\n` : `Begin ${repository.name}\n`,
  }));
  await importBranches(repository.directory, commits, {
    name: "Dana Developer",
    email: "developer@fabrikam.com",
    date: organisation.clock.now(),
  });
  const texts = commits.flatMap(({ files }) => Object.values(files));
  repository.size += texts.reduce((sum, text) => sum + text.length, 0);
}

function addPolicies(
  organisation: Host & Identities & Policies,
  repository: Repository,
  { minimumApprovers, policies = [] }: SeedRepository,
): void {
  const minimum =
    minimumApprovers === undefined
      ? []
      : [
          {
            type: "minimumReviewers" as const,
            settings: { minimumApproverCount: minimumApprovers },
          },
        ];
  for (const policy of [...minimum, ...policies]) {
    const { type, branch, isBlocking = true, settings }: SeedPolicy = policy;
    const refName = branch === undefined ? repository.defaultBranch : `refs/heads/${branch}`;
    const by = organisation.identities.find(({ name }) => name === "admin");
    if (!by) throw new Error("the organisation has no administrator");
    addPolicy(organisation, repository.project, {
      by,
      typeId: policyTypes[type],
      isEnabled: true,
      isBlocking,
      settings: {
        ...settings,
        scope: [{ refName, matchKind: "Exact", repositoryId: repository.id }],
      },
    });
  }
}
