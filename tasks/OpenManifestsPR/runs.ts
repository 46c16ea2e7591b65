import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import {
  parseRunBranch,
  type RunBranch,
  runBranchName,
  runBranchPrefix,
} from "../../core/run/branch.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";

/** A run's branch and the pull requests that were ever opened from it. */
export type Run = {
  readonly branch: RunBranch;
  /** Head of the branch; undefined when it was deleted. */
  readonly head: string | undefined;
  /** Newest first; empty for the carrier of a run that had nothing to change. */
  readonly pullRequests: readonly PullRequest[];
};

type Of = {
  readonly repo: RepositoryRef;
  readonly delivery: string;
  readonly environment: string;
};

/** All runs of a delivery in an environment that still have a branch. */
export async function runsWithBranch(ado: AzureDevOps, of: Of): Promise<readonly Run[]> {
  const refs = await listRefs(ado, { repo: of.repo, filter: `heads/${runBranchPrefix(of)}` });
  const found = refs.flatMap(({ name, objectId }) => {
    const branch = parseRunBranch(name);
    return branch === undefined ? [] : [{ branch, head: objectId }];
  });
  const runs: Run[] = [];
  for (const { branch, head } of found) {
    runs.push({ branch, head, pullRequests: await pullRequestsOf(ado, { ...of, branch }) });
  }
  return runs;
}

/** All attempts of one run in order, also those whose branch is gone. */
export async function attemptsOf(
  ado: AzureDevOps,
  { build, runs, ...of }: Of & { readonly build: number; readonly runs: readonly Run[] },
): Promise<readonly Run[]> {
  const attempts: Run[] = [];
  for (let attempt = 1; ; attempt++) {
    const { delivery, environment } = of;
    const branch = { delivery, environment, build, attempt };
    const known = runs.find((run) => runBranchName(run.branch) === runBranchName(branch));
    const pullRequests = known?.pullRequests ?? (await pullRequestsOf(ado, { ...of, branch }));
    if (known === undefined && pullRequests.length === 0) return attempts;
    attempts.push(known ?? { branch, head: undefined, pullRequests });
  }
}

function pullRequestsOf(
  ado: AzureDevOps,
  { repo, branch }: { readonly repo: RepositoryRef; readonly branch: RunBranch },
): Promise<readonly PullRequest[]> {
  const sourceRef = `refs/heads/${runBranchName(branch)}`;
  return findPullRequests(ado, { repo, status: "all", sourceRef });
}

/**
 * The run that makes this one obsolete: a higher build id that was not given up. An abandoned pull
 * request no longer counts; a branch without any is the carrier of a run that found no change.
 */
export function newerRun(runs: readonly Run[], build: number): Run | undefined {
  return runs
    .filter(({ branch }) => branch.build > build)
    .filter(({ pullRequests }) => !pullRequests.every(isAbandoned) || pullRequests.length === 0)
    .sort((a, b) => b.branch.build - a.branch.build)[0];
}

function isAbandoned({ status }: PullRequest): boolean {
  return status === "abandoned";
}
