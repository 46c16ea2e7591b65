// What exists of runs in the manifests repository: their branches and their pull requests.
import type { Build, PullRequest } from "../../core/azure-devops/types.ts";
import { type Attempt, attemptsIn } from "../../core/run/attempts.ts";
import { parseRunBranch, runBranchOf, runBranchPrefix } from "../../core/run/branch.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";
import { findPullRequests } from "./pull-requests.ts";
import { listRefs } from "./refs.ts";

type OfRun = {
  readonly delivery: string;
  readonly environment: string;
  readonly build: number;
};

// Builds and pull requests are of different services: their clocks need not be the same.
const skewMs = 600_000;

/** Pull requests of any run's branch, in any state, that are no older than a build; newest first. */
export async function listPullRequestsSince(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    /** Undefined when it is not known: then all there are. */
    readonly build: Pick<Build, "queueTime" | "startTime"> | undefined;
  },
): Promise<readonly PullRequest[]> {
  const began = Date.parse(of.build?.queueTime ?? of.build?.startTime ?? "");
  const found = await findPullRequests(ado, {
    repo: of.repo,
    status: "all",
    ...(Number.isNaN(began) ? {} : { createdSince: began - skewMs }),
  });
  return found.filter((one) => runBranchOf(one) !== undefined);
}

/** All attempts of one run in order, whether their branches are still there or not. */
export async function readAttempts(
  ado: AzureDevOps,
  of: OfRun & {
    readonly repo: RepositoryRef;
    readonly started: Pick<Build, "queueTime" | "startTime"> | undefined;
  },
): Promise<readonly Attempt[]> {
  const { repo, started, build } = of;
  const [refs, pullRequests] = await Promise.all([
    listRefs(ado, { repo, filter: `heads/${runBranchPrefix(of)}${build}` }),
    listPullRequestsSince(ado, { repo, build: started }),
  ]);
  return attemptsIn({ refs, pullRequests }).filter(({ branch }) => isOf(branch, of));
}

/**
 * The attempts of all runs of a delivery in an environment that still matter: those with a branch or
 * an open pull request, whether its branch is there or not, and all since a build was queued.
 */
export async function readSiblings(
  ado: AzureDevOps,
  of: Omit<OfRun, "build"> & {
    readonly repo: RepositoryRef;
    readonly started: Pick<Build, "queueTime" | "startTime"> | undefined;
  },
): Promise<readonly Attempt[]> {
  const { repo, started: build } = of;
  const [refs, open, since] = await Promise.all([
    listRefs(ado, { repo, filter: `heads/${runBranchPrefix(of)}` }),
    findPullRequests(ado, { repo, status: "active" }),
    listPullRequestsSince(ado, { repo, build }),
  ]);
  const known = new Map([...open, ...since].map((one) => [one.pullRequestId, one]));
  const ofRuns = [...known.values()].filter((one) => runBranchOf(one) !== undefined);
  const sources = new Set(ofRuns.map(({ sourceRefName }) => sourceRefName));
  // Of an older run, whose pull request has ended and whose branch was kept.
  const left = refs.filter(({ name }) => parseRunBranch(name) && !sources.has(name));
  for (const { name: sourceRef } of left) {
    const ended = await findPullRequests(ado, { repo, status: "all", sourceRef });
    for (const one of ended) known.set(one.pullRequestId, one);
  }
  return attemptsIn({ refs, pullRequests: [...known.values()] }).filter(({ branch }) =>
    isOf(branch, { ...of, build: branch.build }),
  );
}

function isOf(branch: OfRun, of: OfRun): boolean {
  return (
    branch.delivery === of.delivery &&
    branch.environment === of.environment &&
    branch.build === of.build
  );
}
