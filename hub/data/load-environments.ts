import type { Extension } from "../../core/extension.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { parseRunBranch } from "../../core/run/branch.ts";
import type { PullRequest, Repository } from "../../core/azure-devops/types.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { type Deployed, loadDeployed } from "./load-deployed.ts";
import { loadSnapshots } from "./load-snapshots.ts";
import { loadWaits, type Wait } from "./load-waits.ts";
import { loadWanted, type WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";

export type FolderFacts = WantedFolder & Deployed;

/** A manifests repository, its environments and what is going on there. */
export type RepositoryFacts = {
  readonly repository: Repository;
  /** Without `refs/heads/`. */
  readonly branch: string;
  readonly folders: readonly FolderFacts[];
  /** Open ones that runs have made. */
  readonly pullRequests: readonly PullRequest[];
  readonly waits: readonly Wait[];
  /** Ownership indexes that cannot be read. */
  readonly problems: readonly string[];
};

export type EnvironmentsFacts = {
  readonly repositories: readonly RepositoryFacts[];
  /** What connectors say of their clusters; display only. */
  readonly snapshots: readonly EnvironmentSnapshot[];
  /** What could not be read, one sentence each: the rest is shown. */
  readonly problems: readonly unknown[];
};

/** Repositories are known by the pull requests that runs made; so many are looked at. */
const mostPullRequests = 300;

/** Everything about the environments of one project, as the viewing user may see it. */
export async function loadEnvironments(
  ado: AzureDevOps,
  { project, extension }: { readonly project: string; readonly extension: Extension },
  memory: Memory,
): Promise<EnvironmentsFacts> {
  const [repositories, all, snapshots] = await Promise.all([
    listRepositories(ado, { project }),
    findPullRequestsOfProject(ado, { project, status: "all", top: mostPullRequests }),
    loadSnapshots(ado, extension).catch((error: unknown) => ({ error })),
  ]);
  const here = "error" in snapshots ? [] : snapshots;
  const made = all.filter(({ sourceRefName }) => parseRunBranch(sourceRefName) !== undefined);
  const manifests = repositories.filter(
    ({ id, name, isDisabled, defaultBranch }) =>
      isDisabled !== true &&
      defaultBranch !== undefined &&
      (made.some(({ repository }) => repository.id === id) ||
        here.some((snapshot) => isOf(snapshot, { id, name }))),
  );
  const read = await mapLimited(manifests, 3, (repository) =>
    loadRepository(ado, { repository, made, connectors: connectorsOf(here) }, memory).catch(
      (error: unknown) => ({ error }),
    ),
  );
  return {
    repositories: read.flatMap((one) => ("error" in one ? [] : [one])),
    snapshots: here.filter((snapshot) => repositories.some((one) => isOf(snapshot, one))),
    problems: [
      ...("error" in snapshots ? [snapshots.error] : []),
      ...read.flatMap((one): readonly unknown[] => ("error" in one ? [one.error] : one.problems)),
    ],
  };
}

// Connectors are configured with names or ids.
function isOf(
  { repository }: EnvironmentSnapshot,
  { id, name }: Pick<Repository, "id" | "name">,
): boolean {
  const said = repository.name.toLowerCase();
  return said === name.toLowerCase() || said === id.toLowerCase();
}

async function loadRepository(
  ado: AzureDevOps,
  of: {
    readonly repository: Repository;
    readonly made: readonly PullRequest[];
    readonly connectors: ReadonlySet<string>;
  },
  memory: Memory,
): Promise<RepositoryFacts> {
  const { repository, made, connectors } = of;
  const { defaultBranch = "" } = repository;
  const repo = { project: repository.project.id, repository: repository.id };
  const [refs, waits] = await Promise.all([
    listRefs(ado, { repo, filter: defaultBranch.replace(/^refs\//, "") }),
    loadWaits(ado, { repo, connectors }),
  ]);
  const head = refs.find(({ name }) => name === defaultBranch)?.objectId;
  const wanted =
    head === undefined
      ? { folders: [], problems: [] }
      : await memory(["wanted", repository.id, head], () =>
          loadWanted(ado, { repo, commit: head }),
        );
  const folders = await mapLimited(wanted.folders, 3, async (folder) => ({
    ...folder,
    ...(await loadDeployed(ado, { repo, head: head ?? "", folder, connectors }, memory)),
  }));
  const own = made.filter(
    ({ status, repository: { id } }) => status === "active" && id === repo.repository,
  );
  return {
    repository,
    branch: defaultBranch.replace("refs/heads/", ""),
    folders,
    pullRequests: own,
    waits,
    problems: wanted.problems.map((problem) => `${repository.name}: ${problem}`),
  };
}
