import { getCommit } from "../../../clients/azure-devops/commits.ts";
import { type AzureDevOps, oddAnswer } from "../../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../../core/azure-devops/types.ts";
import { parseRunUrl } from "../../../core/azure-devops/urls.ts";
import type { RunBranch } from "../../../core/run/branch.ts";
import { parseTrailers } from "../../../core/run/trailers.ts";
import type { Memory } from "../memory.ts";

/** A pull request that a run has made. */
export type Made = { readonly pullRequest: PullRequest; readonly branch: RunBranch };

/** The code that a run has rendered. */
export type Source = {
  readonly repository: string;
  readonly commit: string;
  /** Of the run, which may be another one than that of the manifests. */
  readonly runProject?: string;
  /** When the attempt of its stage began, as an ISO date; older versions did not say. */
  readonly started?: string;
};

/** What the trailers of the run's commit name. */
export async function loadSource(
  ado: AzureDevOps,
  pullRequest: PullRequest,
  memory: Memory,
): Promise<Source | undefined> {
  const commit = pullRequest.lastMergeSourceCommit?.commitId;
  if (commit === undefined) return undefined;
  const repo = repoOf(pullRequest);
  const found = await memory(
    ["commit", repo.repository, commit],
    () => getCommit(ado, { repo, commit }),
    (read) => read !== undefined,
  );
  // It is what the service calls the head of the pull request.
  if (found === undefined) throw oddAnswer(`commit ${commit} is not there`);
  const { source = "", run = "", started } = parseTrailers(found.comment) ?? {};
  const [, repository, sha] = /^(.+)@([0-9a-f]{4,40})$/.exec(source) ?? [];
  if (repository === undefined || sha === undefined) return undefined;
  const runProject = parseRunUrl(run)?.project;
  return {
    repository,
    commit: sha,
    ...(runProject === undefined ? {} : { runProject }),
    ...(started === undefined ? {} : { started }),
  };
}

export function repoOf({ repository }: PullRequest) {
  return { project: repository.project.id, repository: repository.id };
}
