import type { Extension } from "../../core/extension.ts";
import { type AzureDevOps, oddAnswer } from "../../clients/azure-devops/connection.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import type { PullRequest, Repository } from "../../core/azure-devops/types.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { plainError } from "../view/plain-error.ts";
import { environmentNames } from "../view/environment-names.ts";
import { namesByText, unreadOf, unreadText } from "../view/unread.ts";
import { type Behind, loadBehind } from "./load-behind.ts";
import { type Deployed, loadDeployed } from "./load-deployed.ts";
import { loadPages, loadSnapshots } from "./load-snapshots.ts";
import { loadWaits, type Wait, type Waits, waitsOf } from "./load-waits.ts";
import { loadWanted, type WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";
import { nameFailure } from "./name-failure.ts";
import { type Read, reading } from "./read.ts";

export type FolderFacts = WantedFolder &
  Deployed & {
    /** The branch's head. */
    readonly head: string;
    /** Whether commits and statuses were read: only of what is on the screen. */
    readonly looked: boolean;
    /** Why they could not be: they are not known, and no other environment's suffer from it. */
    readonly unread?: unknown;
  };

/** A manifests repository, its environments and what is going on there. */
export type RepositoryFacts = {
  readonly repository: Repository;
  /** Without `refs/heads/`. */
  readonly branch: string;
  readonly folders: readonly FolderFacts[];
  /** Open ones that runs have made. */
  readonly pullRequests: readonly PullRequest[];
  readonly waits: readonly Wait[];
  /** Ownership indexes and waits that could not be read. */
  readonly problems: readonly string[];
  /** Whether all ownership indexes were. */
  readonly namesRead: boolean;
};

export type EnvironmentsFacts = {
  readonly repositories: readonly RepositoryFacts[];
  /** What connectors say of their clusters; display only. */
  readonly snapshots: readonly EnvironmentSnapshot[];
  /** The same, of all projects of the organisation. */
  readonly reports: readonly EnvironmentSnapshot[];
  /** False: their reports could not be read, so that it is not known whose statuses count either. */
  readonly reportsRead: boolean;
  /** How far the code of an environment is behind that of the one before it. */
  readonly behind: readonly Behind[];
  /** What could not be read, one sentence each: the rest is shown. */
  readonly problems: readonly unknown[];
  /** False: what names deliveries and environments was not all read, so there may be more. */
  readonly namesRead: boolean;
};

/** Repositories are known by the pull requests that runs made; so many are looked at. */
const mostPullRequests = 300;

/** Everything about the environments of one project, as the viewing user may see it. */
export async function loadEnvironments(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly extension: Extension;
    /** Which of the environments are on the screen, given all that there are. */
    readonly shown: (known: readonly string[]) => readonly string[];
    /** The one that is looked at from near. */
    readonly near: string | undefined;
  },
  memory: Memory,
): Promise<EnvironmentsFacts> {
  const { project, extension, near } = of;
  const [repositories, all, snapshots] = await Promise.all([
    nameFailure("The list of repositories", listRepositories(ado, { project })),
    reading(findPullRequestsOfProject(ado, { project, status: "all", top: mostPullRequests })),
    reading(loadSnapshots(ado, extension)),
  ]);
  const here = "error" in snapshots ? [] : snapshots.value;
  const isWhole = !("error" in snapshots) && !("error" in all);
  const made = ("value" in all ? all.value : []).filter((one) => runBranchOf(one) !== undefined);
  const manifests = repositories.filter(
    ({ id, name, isDisabled, defaultBranch }) =>
      isDisabled !== true &&
      defaultBranch !== undefined &&
      (made.some(({ repository }) => repository.id === id) ||
        here.some((snapshot) => isOf(snapshot, { id, name }))),
  );
  const connectors = connectorsOf(here);
  const read = await mapLimited(manifests, 3, (repository) =>
    loadRepository(ado, { repository, made, connectors }, memory).catch((error: unknown) => ({
      error: unreadText(`What ${repository.name} wants in which environment`, error),
    })),
  );
  const found = read.flatMap((one) => ("error" in one ? [] : [one]));
  const snapshotsHere = here.filter((snapshot) => repositories.some((one) => isOf(snapshot, one)));
  const known = environmentNames({ repositories: found, snapshots: snapshotsHere });
  const shown = new Set([...of.shown(known), ...(near ? [near] : [])]);
  const looked = await mapLimited(found, 3, (facts) =>
    loadFolders(ado, { facts, shown, connectors }, memory),
  );
  const behind = await loadBehind(
    ado,
    {
      repositories,
      folders: found
        .flatMap(({ folders }) => folders)
        .filter(({ environment }) => shown.has(environment)),
    },
    memory,
  );
  return {
    repositories: looked,
    snapshots: await mapLimited(snapshotsHere, 3, async (snapshot) =>
      snapshot.environment === near ? loadPages(ado, { extension, snapshot }) : snapshot,
    ),
    reports: here,
    behind,
    reportsRead: !("error" in snapshots),
    namesRead: isWhole && read.every((one) => !("error" in one) && one.namesRead),
    problems: [
      ...unreadOf("What connectors report of clusters", snapshots),
      ...("error" in all
        ? [`Pull requests could not be read, and are not shown here. ${plainError(all.error)}`]
        : []),
      ...read.flatMap((one): readonly unknown[] => ("error" in one ? [one.error] : one.problems)),
      ...unreadFolders(looked),
    ],
  };
}

/** One sentence for all environments that the same stands against. */
function unreadFolders(repositories: readonly RepositoryFacts[]): readonly string[] {
  const folders = repositories.flatMap((one) => one.folders);
  const names = namesByText(
    folders.flatMap(({ environment, unread }) =>
      unread === undefined ? [] : [{ name: environment, text: plainError(unread) }],
    ),
  );
  return [
    ...[...names].map(([why, all]) => `What became of ${all.join(", ")} could not be read. ${why}`),
    ...folders.flatMap(({ problems }) => problems),
  ];
}

/** Connectors are configured with names or ids. */
export function isOf(
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
  const own = made.filter((one) => one.repository.id === repo.repository);
  const [refs, waits] = await Promise.all([
    listRefs(ado, { repo, filter: defaultBranch.replace(/^refs\//, "") }),
    reading(loadWaits(ado, { repo, connectors, made: own }, memory)),
  ]);
  const head = refs.find(({ name }) => name === defaultBranch)?.objectId;
  if (head === undefined) throw oddAnswer(`it does not tell the head of ${defaultBranch}`);
  const wanted = await memory(
    ["wanted", repository.id, head],
    () => loadWanted(ado, { repo, commit: head }),
    ({ isRead }) => isRead,
  );
  return {
    repository,
    branch: defaultBranch.replace("refs/heads/", ""),
    folders: wanted.folders.map((folder) => ({
      ...folder,
      ...{ head, looked: false, commits: [], lastGood: new Map(), problems: [] },
    })),
    pullRequests: own.filter(({ status }) => status === "active"),
    waits: "error" in waits ? [] : waits.value.waits,
    namesRead: wanted.problems.length === 0,
    problems: [
      ...wanted.problems.map((problem) => `${repository.name}: ${problem}`),
      ...unreadWaits(repository, waits),
    ],
  };
}

function unreadWaits({ name }: Repository, waits: Read<Waits>): readonly string[] {
  if ("error" in waits) return unreadOf(`Which runs wait for ${name}`, waits);
  const { unread } = waits.value;
  if (unread.length === 0) return [];
  const some = unread.length === 1 ? "a run still waits" : `${unread.length} runs still wait`;
  return [unreadText(`Whether ${some} for ${name}`, unread[0])];
}

async function loadFolders(
  ado: AzureDevOps,
  of: {
    readonly facts: RepositoryFacts;
    readonly shown: ReadonlySet<string>;
    readonly connectors: ReadonlySet<string>;
  },
  memory: Memory,
): Promise<RepositoryFacts> {
  const { facts, shown, connectors } = of;
  const { repository } = facts;
  const repo = { project: repository.project.id, repository: repository.id };
  const folders = await mapLimited(facts.folders, 3, async (folder): Promise<FolderFacts> => {
    if (!shown.has(folder.environment)) return folder;
    const { head } = folder;
    const deployed = await reading(loadDeployed(ado, { repo, head, folder, connectors }, memory));
    if ("error" in deployed) return { ...folder, unread: deployed.error };
    return { ...folder, ...deployed.value, looked: true };
  });
  // Of runs whose commit stands on the branch itself: without a review, or after the merge.
  const commits = new Map(folders.flatMap((one) => one.commits.map((at) => [at.commitId, at])));
  const onBranch = [...commits.values()].map(({ statuses }) => ({ statuses, isPushed: false }));
  const more = await waitsOf(ado, onBranch);
  return {
    ...facts,
    folders,
    waits: [...new Map([...more.waits, ...facts.waits].map((one) => [waitKey(one), one])).values()],
    problems: [...facts.problems, ...unreadWaits(repository, { value: more })],
  };
}

function waitKey({ delivery, environment, project, number }: Wait): string {
  return JSON.stringify([delivery, environment, project, number]);
}
