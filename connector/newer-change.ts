import { getBuild } from "../clients/azure-devops/builds.ts";
import { getCommit, listCommits } from "../clients/azure-devops/commits.ts";
import { listPullRequestsOfCommit } from "../clients/azure-devops/pull-request-query.ts";
import { runBranchOf } from "../core/run/branch.ts";
import { pathsOfIndex } from "../core/gate/changed-files.ts";
import type { NewerChange } from "../core/gate/gate-input.ts";
import { indexPath, inFolder } from "../core/render/ownership-index.ts";
import { readOwnChanges, type Question } from "./changed-files.ts";
import type { Connector } from "./connector.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

/**
 * The newest commit after X that changes the same delivery's files, by whomever; undefined while X
 * stands.
 */
export async function readNewer(
  connector: Pick<Connector, "ado">,
  question: Question,
  head: string,
): Promise<NewerChange | undefined> {
  const { repository, environment, delivery, commit } = question;
  if (head === commit) return undefined;
  const later = await repository.differing(commit, head);
  if (later.size === 0) return undefined;
  const folder = environment.path;
  const atX = await repository.index(commit, folder, delivery);
  const atHead = atX && (await repository.index(head, folder, delivery));
  const own = atX
    ? [atX, atHead].flatMap((index) => (index ? pathsOfIndex(folder, index) : []))
    : (await readOwnChanges(question)).map(({ path }) => path);
  const path = own.find((one) => later.has(one));
  if (path === undefined) return undefined;
  // A run rewrites its index with whatever it changes; what is edited by hand is in the file alone.
  const index = inFolder(folder, indexPath(delivery));
  return describeChange(connector, repository, { path: later.has(index) ? index : path, head });
}

// Who: the run whose pull request brought it, otherwise the commit's author.
async function describeChange(
  { ado }: Pick<Connector, "ado">,
  { ref: repo, projectId }: ManifestsRepository,
  { path, head }: { readonly path: string; readonly head: string },
): Promise<NewerChange> {
  const [newest] = await listCommits(ado, { repo, commit: head, path, firstParent: true, top: 1 });
  const id = newest?.commitId ?? head;
  const commit = await getCommit(ado, { repo, commit: id });
  const known = { commit: id, author: commit?.author?.name ?? "somebody" };
  const pullRequests = await listPullRequestsOfCommit(ado, { repo, commit: id });
  const branch = pullRequests.map(runBranchOf).find((one) => one !== undefined);
  if (!branch) return known;
  const build = await getBuild(ado, { project: projectId, build: branch.build });
  const run = build ? `${build.definition.name} ${build.buildNumber}` : `run ${branch.build}`;
  return { ...known, run };
}
