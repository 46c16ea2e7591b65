// From whatever somebody has in hand to the pull requests that carried it, and what became of each.
import { getBuild } from "../../clients/azure-devops/builds.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type {
  Build,
  Commit,
  CommitStatus,
  PullRequest,
  Repository,
} from "../../core/azure-devops/types.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import type { TraceQuery } from "../view/trace-query.ts";
import { findCodeRepository } from "./code-repository.ts";
import { createMemory, type Memory } from "./memory.ts";
import { reading, takeVisible, valueOf } from "./read.ts";
import { readFittingTrace } from "./trace/fitting-trace.ts";
import { lookedThrough, mostRequests, mostWays } from "./trace/looked-through.ts";
import { loadSource, type Made, repoOf, type Source } from "./trace/trace-source.ts";

/** One run's way into one environment. */
export type Journey = Made & {
  /** Of the code, as the trailers of the run's commit name it; undefined: not named, or not read. */
  readonly source: Source | undefined;
  readonly code: Commit | undefined;
  readonly codeRepository: Repository | undefined;
  readonly build: Build | undefined;
  /** The run of CI that started it. */
  readonly ci: Build | undefined;
  /** Of the merge; empty before; undefined: not read. */
  readonly statuses: readonly CommitStatus[] | undefined;
  /** Whether its run was read; one that is gone, or not for this viewer, was. */
  readonly runRead: boolean;
  readonly sourceRead: boolean;
};

export type Traced = {
  /** Newest first. */
  readonly journeys: readonly Journey[];
  /** How many older ones were found besides, and are not shown. */
  readonly left: number;
  /** How many pull requests of runs were looked through. */
  readonly looked: number;
  /** Other projects that were looked through. */
  readonly elsewhere: readonly string[];
  /** Those that could not be, are not for this viewer, or are too many. */
  readonly unseen: readonly string[];
  /** Whether there are no older ones. */
  readonly isWhole: boolean;
  /** What a run of CI or a pull request of code stands for: `commit 8e42f3ca`. */
  readonly meant: string | undefined;
};

/** So many further projects are looked through, each of which costs calls. */
const mostElsewhere = 5;

const nothing: Traced = {
  journeys: [],
  left: 0,
  looked: 0,
  isWhole: true,
  meant: undefined,
  elsewhere: [],
  unseen: [],
};

export async function loadTrace(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    /** Other projects that hold manifests: pipelines often lie in another one. */
    readonly others: readonly string[];
    readonly query: TraceQuery;
    readonly connectors: ReadonlySet<string>;
  },
  memory: Memory,
): Promise<Traced> {
  const { project, others, query, connectors } = of;
  if (query.kind === "nothing") return nothing;
  // Runs, commits and repositories that several have in common are read once a look.
  const look = createMemory();
  const lookIn = async (here: string, asked: TraceQuery) => {
    const requests = await look(["requests", here], () =>
      findPullRequestsOfProject(ado, { project: here, status: "all", top: mostRequests }),
    );
    const { made, isWhole } = lookedThrough(requests, asked);
    const fitting = await readFittingTrace(ado, { made, query: asked, look }, memory);
    return { requests, made, isWhole, fitting };
  };
  const lookEverywhere = async (asked: TraceQuery) => {
    const own = await lookIn(project, asked);
    const asking = others.slice(0, mostElsewhere);
    const read = await mapLimited(asking, 3, (one) => reading(lookIn(one, asked)));
    const seen = asking.filter((_one, at) => read[at] !== undefined && "value" in read[at]);
    return { own, all: [own, ...read.flatMap((one) => valueOf(one) ?? [])], seen };
  };
  const direct = await lookEverywhere(query);
  const isFound = direct.all.some(({ fitting }) => fitting.length > 0);
  const { requests } = direct.own;
  const meant = isFound ? undefined : await commitMeant(ado, { project, query, requests });
  const { all, seen } =
    meant === undefined ? direct : await lookEverywhere({ kind: "commit", commit: meant });
  // A report may name a project by its id, another by its name.
  const found = all.flatMap((one) => one.fitting);
  const byId = new Map(found.map((one) => [one.pullRequest.pullRequestId, one]));
  const fitting = [...byId.values()].sort(newestFirst);
  const shown = fitting.slice(0, mostWays(query));
  const journeys = await mapLimited(shown, 3, (one) =>
    loadJourney(ado, { ...one, connectors, look }, memory),
  );
  return {
    journeys,
    left: fitting.length - shown.length,
    looked: all.reduce((sum, { made }) => sum + made.length, 0),
    isWhole: all.every((one) => one.isWhole),
    meant: meant === undefined ? undefined : `commit ${meant.slice(0, 8)}`,
    elsewhere: seen,
    unseen: others.filter((one) => !seen.includes(one)),
  };
}

function newestFirst({ pullRequest: a }: Made, { pullRequest: b }: Made): number {
  return Date.parse(b.creationDate) - Date.parse(a.creationDate);
}

/** The commit that a pull request of code was merged as, or that a run of CI had. */
async function commitMeant(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly query: TraceQuery;
    readonly requests: readonly PullRequest[];
  },
): Promise<string | undefined> {
  const { project, query, requests } = of;
  if (query.kind === "pull-request") {
    const found = requests.find(({ pullRequestId }) => pullRequestId === query.id);
    return found?.status === "completed" ? found.lastMergeCommit?.commitId : undefined;
  }
  if (query.kind !== "run") return undefined;
  return (await takeVisible(getBuild(ado, { project, build: query.build })))?.sourceVersion;
}

async function loadJourney(
  ado: AzureDevOps,
  of: Made & {
    readonly connectors: ReadonlySet<string>;
    readonly look: Memory;
  },
  memory: Memory,
): Promise<Journey> {
  const { pullRequest, branch, connectors, look } = of;
  const named = await reading(loadSource(ado, pullRequest, memory));
  const source = valueOf(named);
  const own = pullRequest.repository.project.id;
  const found = await reading(
    source === undefined
      ? Promise.resolve(undefined)
      : findCodeRepository(ado, { named: source.repository, project: own }, look),
  );
  const codeRepository = valueOf(found);
  const merge =
    pullRequest.status === "completed" ? pullRequest.lastMergeCommit?.commitId : undefined;
  // The pipeline may lie in another project than the manifests.
  const project = source?.runProject ?? own;
  const repo = repoOf(pullRequest);
  const codeRepo = codeRepository && {
    project: codeRepository.project.id,
    repository: codeRepository.id,
  };
  // What cannot be read of one hop is a gap of that hop.
  const [code, run, said] = await Promise.all([
    codeRepo && source
      ? look([codeRepo.repository, source.commit], () =>
          getCommit(ado, { repo: codeRepo, commit: source.commit }),
        ).catch(() => undefined)
      : undefined,
    reading(look([project, String(branch.build)], () => loadRun(ado, { project, ...branch }))),
    reading(merge === undefined ? noStatuses : listStatuses(ado, { repo, commit: merge })),
  ]);
  const { build, ci } = valueOf(run) ?? {};
  const statuses = "value" in said ? byConnectors(said.value, connectors) : undefined;
  const read = { runRead: "value" in run, sourceRead: "value" in named && "value" in found };
  return { pullRequest, branch, source, code, codeRepository, build, ci, statuses, ...read };
}

/** With the run of CI that started it. */
async function loadRun(
  ado: AzureDevOps,
  of: { readonly project: string; readonly build: number },
): Promise<Pick<Journey, "build" | "ci">> {
  const build = await takeVisible(getBuild(ado, of));
  return { build, ci: build && (await loadCi(ado, build)) };
}

const noStatuses = Promise.resolve([]);

async function loadCi(ado: AzureDevOps, { triggerInfo }: Build): Promise<Build | undefined> {
  const { pipelineId, projectId: project } = triggerInfo ?? {};
  const build = Number(pipelineId);
  if (project === undefined || !Number.isSafeInteger(build) || build < 1) return undefined;
  return getBuild(ado, { project, build }).catch(() => undefined);
}
