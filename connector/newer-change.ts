import { getBuild } from "../clients/azure-devops/builds.ts";
import { getCommit, listCommits } from "../clients/azure-devops/commits.ts";
import { changedPaths } from "../clients/azure-devops/diffs.ts";
import { pullRequestsOfCommit } from "../clients/azure-devops/pull-request-query.ts";
import { parseRunBranch } from "../core/azure-devops/run-branch.ts";
import type { changedByIndex } from "../core/gate/changed-files.ts";
import type { NewerChange } from "../core/gate/gate-input.ts";
import { indexPath } from "../core/render/ownership-index.ts";
import { ownChanges, type Question } from "./changed-files.ts";
import type { Connector } from "./connector.ts";
import { inFolder, type ManifestsRepository } from "./manifests-repository.ts";

/** The newest commit after X that changes the same files; undefined while X stands. */
export async function readNewer(
  connector: Connector,
  question: Question,
  head: string,
): Promise<NewerChange | undefined> {
  const { repository, environment, delivery, commit } = question;
  if (head === commit) return undefined;
  const folder = environment.path;
  const [atX, atHead] = await Promise.all([
    repository.index(commit, folder, delivery),
    repository.index(head, folder, delivery),
  ]);
  if (!atX) return newerWithoutIndex(connector, question, head);
  const same = atHead !== undefined && sameFiles(atX.files, atHead.files);
  if (same) return undefined;
  const path = inFolder(folder, indexPath(delivery));
  return describe(connector, repository, { path, head });
}

function sameFiles(
  a: Parameters<typeof changedByIndex>[0]["atX"]["files"],
  b: Parameters<typeof changedByIndex>[0]["atX"]["files"],
): boolean {
  const paths = Object.keys(a);
  return (
    paths.length === Object.keys(b).length &&
    paths.every((path) => a[path]?.sha256 === b[path]?.sha256)
  );
}

async function newerWithoutIndex(
  connector: Connector,
  question: Question,
  head: string,
): Promise<NewerChange | undefined> {
  const { repository, commit } = question;
  const repo = repository.ref;
  const own = await ownChanges(question);
  const later = await changedPaths(connector.ado, { repo, base: commit, target: head });
  const touched = own.find(({ path }) => later.some((one) => one.path === path));
  return touched && describe(connector, repository, { path: touched.path, head });
}

// Who: the run whose pull request brought it, otherwise the commit's author.
async function describe(
  { ado }: Connector,
  { ref: repo, projectId }: ManifestsRepository,
  { path, head }: { readonly path: string; readonly head: string },
): Promise<NewerChange> {
  const [newest] = await listCommits(ado, { repo, commit: head, path, firstParent: true, top: 1 });
  const id = newest?.commitId ?? head;
  const commit = await getCommit(ado, { repo, commit: id });
  const known = { commit: id, author: commit?.author?.name ?? "somebody" };
  const pullRequests = await pullRequestsOfCommit(ado, { repo, commit: id });
  const branch = pullRequests
    .map(({ sourceRefName }) => parseRunBranch(sourceRefName))
    .find((one) => one !== undefined);
  if (!branch) return known;
  const build = await getBuild(ado, { project: projectId, build: branch.build });
  const run = build ? `${build.definition.name} ${build.buildNumber}` : `run ${branch.build}`;
  return { ...known, run };
}
