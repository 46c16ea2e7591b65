// From whatever somebody has in hand to the pull requests that carried it, and what became of each.
import { getBuild } from "../../clients/azure-devops/builds.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { listRepositories } from "../../clients/azure-devops/repositories.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { workItemsOfPullRequest } from "../../clients/azure-devops/work-items.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type {
  Build,
  Commit,
  CommitStatus,
  PullRequest,
  Repository,
} from "../../core/azure-devops/types.ts";
import { parseRunBranch, type RunBranch } from "../../core/run/branch.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import type { TraceQuery } from "../view/trace-query.ts";
import { loadIndex, loadWanted } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";
import { isNamed } from "./code-repository.ts";

/** One run's way into one environment. */
export type Journey = {
  readonly branch: RunBranch;
  readonly pullRequest: PullRequest;
  /** Of the code, as the trailers of the run's commit name it. */
  readonly source: { readonly repository: string; readonly commit: string } | undefined;
  readonly code: Commit | undefined;
  readonly codeRepository: Repository | undefined;
  readonly build: Build | undefined;
  /** Of the merge; empty before. */
  readonly statuses: readonly CommitStatus[];
};

export type Traced = {
  /** Newest first. */
  readonly journeys: readonly Journey[];
  /** How many pull requests of runs were looked through; older ones were not. */
  readonly looked: number;
};

const mostRequests = 300;
/** Each costs calls: of so many newest ones the commits are read. */
const mostLooked = 60;
const mostJourneys = 12;

export async function loadTrace(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly query: TraceQuery;
    readonly connectors: ReadonlySet<string>;
  },
  memory: Memory,
): Promise<Traced> {
  const { project, query, connectors } = of;
  if (query.kind === "nothing") return { journeys: [], looked: 0 };
  const [requests, repositories] = await Promise.all([
    findPullRequestsOfProject(ado, { project, status: "all", top: mostRequests }),
    listRepositories(ado, { project }),
  ]);
  const made = requests
    .flatMap((pullRequest) => {
      const branch = parseRunBranch(pullRequest.sourceRefName);
      return branch === undefined ? [] : [{ pullRequest, branch }];
    })
    .slice(0, mostLooked);
  const fitting = await mapLimited(made, 6, async (one) =>
    (await isFitting(ado, { ...one, query }, memory)) ? one : undefined,
  );
  const wanted = fitting.flatMap((one) => one ?? []).slice(0, mostJourneys);
  const journeys = await mapLimited(wanted, 3, (one) =>
    loadJourney(ado, { ...one, repositories, connectors }, memory),
  );
  return { journeys, looked: made.length };
}

type Made = { readonly pullRequest: PullRequest; readonly branch: RunBranch };

async function isFitting(
  ado: AzureDevOps,
  { pullRequest, branch, query }: Made & { readonly query: TraceQuery },
  memory: Memory,
): Promise<boolean> {
  const repo = repoOf(pullRequest);
  switch (query.kind) {
    case "nothing":
      return false;
    case "run":
      return branch.build === query.build;
    case "pull-request":
      return pullRequest.pullRequestId === query.id;
    case "work-item": {
      const items = await memory(["work items", String(pullRequest.pullRequestId)], () =>
        workItemsOfPullRequest(ado, { repo, id: pullRequest.pullRequestId }),
      );
      return items.includes(query.id);
    }
    case "commit": {
      const commits = [pullRequest.lastMergeCommit, pullRequest.lastMergeSourceCommit];
      if (commits.some((one) => one?.commitId.startsWith(query.commit))) return true;
      const source = await loadSource(ado, pullRequest, memory);
      return source?.commit.startsWith(query.commit) === true;
    }
    case "image":
      return hasImage(ado, { pullRequest, branch, query }, memory);
  }
}

async function hasImage(
  ado: AzureDevOps,
  of: Made & { readonly query: TraceQuery & { readonly kind: "image" } },
  memory: Memory,
): Promise<boolean> {
  const { pullRequest, branch, query } = of;
  const commit = pullRequest.lastMergeSourceCommit?.commitId;
  if (commit === undefined) return false;
  const repo = repoOf(pullRequest);
  const images = await memory(["images", repo.repository, commit, branch.environment], async () => {
    const { folders } = await loadWanted(ado, { repo, commit });
    const folder = folders.find(({ environment }) => environment === branch.environment);
    if (folder === undefined) return {};
    const { path } = folder;
    const index = await loadIndex(ado, { repo, commit, path, delivery: branch.delivery });
    return index?.provenance.images ?? {};
  });
  return Object.entries(images).some(([name, version]) => {
    const named = query.name === "" || name === query.name || name.endsWith(`/${query.name}`);
    return named && (query.version === undefined || version === query.version);
  });
}

async function loadJourney(
  ado: AzureDevOps,
  of: Made & {
    readonly repositories: readonly Repository[];
    readonly connectors: ReadonlySet<string>;
  },
  memory: Memory,
): Promise<Journey> {
  const { pullRequest, branch, repositories, connectors } = of;
  const source = await loadSource(ado, pullRequest, memory);
  const codeRepository = repositories.find((one) => isNamed(one, source?.repository ?? ""));
  const merge =
    pullRequest.status === "completed" ? pullRequest.lastMergeCommit?.commitId : undefined;
  const project = pullRequest.repository.project.id;
  const repo = repoOf(pullRequest);
  const codeRepo = codeRepository && { project, repository: codeRepository.id };
  // What cannot be read of one hop is a gap of that hop.
  const [code, build, statuses] = await Promise.all([
    codeRepo && source
      ? getCommit(ado, { repo: codeRepo, commit: source.commit }).catch(() => undefined)
      : undefined,
    getBuild(ado, { project, build: branch.build }).catch(() => undefined),
    merge === undefined ? [] : listStatuses(ado, { repo, commit: merge }).catch(() => []),
  ]);
  const said = byConnectors(statuses, connectors);
  return { pullRequest, branch, source, code, codeRepository, build, statuses: said };
}

async function loadSource(
  ado: AzureDevOps,
  pullRequest: PullRequest,
  memory: Memory,
): Promise<Journey["source"]> {
  const commit = pullRequest.lastMergeSourceCommit?.commitId;
  if (commit === undefined) return undefined;
  const repo = repoOf(pullRequest);
  const found = await memory(["commit", repo.repository, commit], () =>
    getCommit(ado, { repo, commit }),
  );
  const { source = "" } = parseTrailers(found?.comment ?? "") ?? {};
  const [, repository, sha] = /^(.+)@([0-9a-f]{4,40})$/.exec(source) ?? [];
  return repository === undefined || sha === undefined ? undefined : { repository, commit: sha };
}

function repoOf({ repository }: PullRequest) {
  return { project: repository.project.id, repository: repository.id };
}
