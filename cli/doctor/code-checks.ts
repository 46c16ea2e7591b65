// Where an environment asks for four eyes: the code that its runs deploy, whose writers are read.
import { findBuild } from "../../clients/azure-devops/builds.ts";
import { readCarrier } from "../../clients/azure-devops/carrier.ts";
import { getCommit } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import {
  listBuildsOfConsumed,
  listConsumedRuns,
} from "../../clients/azure-devops/consumed-runs.ts";
import { listNewestPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import { Failure, type Check } from "./check.ts";
import type { Organisation } from "./read-checks.ts";

// Of the newest pull requests that runs have opened, so many runs are looked at.
const newest = 30;
const mostRuns = 5;

/** Whether the code of the newest runs can be read: its repositories are in no configuration. */
export function codeCheck(
  { ado, who }: Organisation,
  {
    name,
    repo,
    lost,
  }: {
    readonly name: string;
    readonly repo: RepositoryRef;
    readonly lost: string;
  },
): Check {
  return {
    name: `${name}: the code of its runs (four-eyes)`,
    lost,
    remedy: `Allow "Read" for ${who.name} on each code repository (Project settings > Repositories > Security) and "View builds" on its pipelines; a PAT needs Code (Read) and Build (Read).`,
    test: async () => {
      const builds = await readNewestRuns(ado, repo);
      const read: string[] = [];
      const unread: string[] = [];
      for (const [repository, { project, commit, shown }] of codeOf(builds)) {
        const found = await getCommit(ado, { repo: { project, repository }, commit });
        (found === undefined ? unread : read).push(shown);
      }
      if (unread.length > 0) {
        const text = `${unread.join(", ")} cannot be read: not there, or not allowed`;
        throw new Failure("refused", text);
      }
      if (read.length === 0) {
        throw new Failure("not checked", "no run has opened a pull request to try it on");
      }
      return `the last commits of ${read.join(", ")} can be read`;
    },
  };
}

/** The newest runs that opened pull requests, and the runs of CI that they consumed. */
async function readNewestRuns(ado: AzureDevOps, repo: RepositoryRef): Promise<readonly Build[]> {
  const pullRequests = (await listNewestPullRequests(ado, { repo, top: newest })).filter(
    (one) => runBranchOf(one) !== undefined,
  );
  const builds = new Map<number, Build>();
  for (const { lastMergeSourceCommit } of pullRequests) {
    if (builds.size >= mostRuns) break;
    const commit = lastMergeSourceCommit?.commitId;
    if (commit === undefined) continue;
    const { trailers } = await readCarrier(ado, { repo, commit });
    const run = parseRunUrl(trailers === undefined ? "" : trailers.run);
    if (run === undefined || builds.has(run.build)) continue;
    const build = await findBuild(ado, { project: run.project, build: run.build });
    if (build === undefined) {
      throw new Failure("refused", `run ${run.build} of ${run.project} cannot be read`);
    }
    builds.set(build.id, build);
    for (const one of await readConsumedBy(ado, build)) builds.set(one.id, one);
  }
  return [...builds.values()];
}

async function readConsumedBy(ado: AzureDevOps, build: Build): Promise<readonly Build[]> {
  const project = build.project.id;
  const of = { project, definition: build.definition.id, build: build.id };
  const runs = await listConsumedRuns(ado, of);
  return (await Promise.all(runs.map((run) => listBuildsOfConsumed(ado, { project, run })))).flat();
}

/** By repository, the newest commit that a run was of. */
function codeOf(builds: readonly Build[]) {
  const found = new Map<string, { project: string; commit: string; shown: string }>();
  for (const { project, repository, sourceVersion: commit } of builds) {
    if (repository?.type !== "TfsGit" || found.has(repository.id)) continue;
    const shown = `${project.name}/${repository.name ?? repository.id}`;
    found.set(repository.id, { project: project.id, commit, shown });
  }
  return found;
}
