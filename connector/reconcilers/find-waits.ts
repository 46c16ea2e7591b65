import { getTimeline, listBuilds } from "../../clients/azure-devops/builds.ts";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { pullRequestsSince } from "../../clients/azure-devops/run-pull-requests.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { parseRunBranch } from "../../core/run/branch.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { waitKeyText } from "../../core/gate/wait.ts";
import { endedRecords, waitingRecords } from "../../core/gate/waiting-records.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { closeLetter, endAgain } from "./end-wait.ts";
import { examineLetter } from "./examine-letter.ts";
import type { OpenWait } from "./open-wait.ts";
import { lettersOnBranches, openLetters, type OpenLetter } from "./open-letters.ts";

export type FoundWaits = {
  /** Is this very letter looked at already? */
  readonly known: (open: OpenLetter) => boolean;
  /** Is a wait of this task of this build looked at already? */
  readonly holds: (build: number, task: string) => boolean;
  readonly found: (key: string, open: OpenWait) => void;
};

/** Looks at the letters of the runs' branches; said refusals are not said again. */
export function createFinder(connector: Connector, into: FoundWaits) {
  const said = new Set<string>();
  /** Letters of others than the build service: nothing can make them good. */
  const strangers = new Set<string>();
  const swept = new Set<string>();
  const missing = new Map<string, number>();

  async function consider(repository: ManifestsRepository, open: OpenLetter): Promise<void> {
    const id = `${repository.id}/${open.carrier}/${open.status.id}`;
    if (into.known(open) || strangers.has(id)) return;
    const examined = await examineLetter(connector, repository, open);
    if (examined.kind === "foreign") return;
    if (examined.kind === "ended") {
      // An earlier life of this process was stopped between the task's end and the letter's.
      const { carrier, status } = open;
      if (connector.config.mode !== "full") return;
      if (examined.unheard) await endAgain(connector, examined.unheard);
      await closeLetter(connector, { repository, carrier, letter: status }, examined);
      return;
    }
    if (examined.kind === "wait") {
      into.found(waitKeyText(examined.open.wait.key), examined.open);
      return;
    }
    if (examined.refusal === "author") strangers.add(id);
    const once = `${id}:${examined.refusal}:${examined.text}`;
    if (said.has(once)) return;
    said.add(once);
    connector.metrics.refused.inc({ reason: examined.refusal });
    connector.log.warn(
      { letter: open.status.context.name, carrier: open.carrier, reason: examined.refusal },
      `Letter refused: ${examined.text}`,
    );
  }

  // After a start: letters of merged runs, whose branches are gone.
  async function sweep(repository: ManifestsRepository): Promise<void> {
    for (const commit of await recentHeads(connector, repository)) {
      const statuses = await listStatuses(connector.ado, { repo: repository.ref, commit });
      for (const open of openLetters(connector, commit, statuses)) await consider(repository, open);
    }
  }

  return {
    byBranches: async (repository: ManifestsRepository): Promise<void> => {
      for (const open of await lettersOnBranches(connector, repository)) {
        await consider(repository, open);
      }
    },
    /** Whatever the letters say: which runs wait, and where their letters could lie. */
    byBuilds: async (repository: ManifestsRepository): Promise<void> => {
      const first = !swept.has(repository.id);
      if (first) await sweep(repository);
      const builds = await listBuilds(connector.ado, {
        project: repository.projectId,
        status: "inProgress",
      });
      for (const build of builds) {
        for (const open of await lettersOfBuild(connector, repository, {
          ...{ build, into, withEnded: first, missing },
        })) {
          await consider(repository, open);
        }
      }
      swept.add(repository.id);
    },
  };
}

const recentPullRequests = 30;

async function recentHeads(
  { ado }: Connector,
  { id, projectId }: ManifestsRepository,
): Promise<readonly string[]> {
  const newest = await findPullRequestsOfProject(ado, {
    ...{ project: projectId, status: "all", top: recentPullRequests },
  });
  return newest
    .filter(
      ({ repository, sourceRefName }) => repository.id === id && parseRunBranch(sourceRefName),
    )
    .flatMap(({ lastMergeSourceCommit }) => lastMergeSourceCommit?.commitId ?? []);
}

async function lettersOfBuild(
  connector: Connector,
  repository: ManifestsRepository,
  of: {
    readonly build: Build;
    readonly into: FoundWaits;
    /** Also letters of tasks that have ended: once after a start. */
    readonly withEnded: boolean;
    /** How often a task's letter was not found. */
    readonly missing: Map<string, number>;
  },
): Promise<readonly OpenLetter[]> {
  const { build, into, withEnded, missing } = of;
  const { ado, log } = connector;
  const timeline = await getTimeline(ado, { project: build.project.id, build: build.id });
  // Where its letter lies costs many calls to find out.
  const waiting = (timeline ? waitingRecords(timeline) : []).filter(
    ({ record }) => !into.holds(build.id, record.id),
  );
  const ended = timeline && withEnded ? endedRecords(timeline) : [];
  if (waiting.length + ended.length === 0) return [];
  const carriers = await carriersOf(connector, repository, build);
  const letters: OpenLetter[] = [];
  for (const commit of carriers) {
    const statuses = await listStatuses(ado, { repo: repository.ref, commit });
    letters.push(...openLetters(connector, commit, statuses));
  }
  const own = letters.filter(({ letter }) => letter.task.build === build.id);
  for (const { record } of waiting) {
    if (own.some(({ letter }) => letter.task.task === record.id.toLowerCase())) continue;
    // It may just be on its way, or lie in another repository that is looked at next.
    const key = `${repository.id}/${build.id}/${record.id}`;
    const times = (missing.get(key) ?? 0) + 1;
    missing.set(key, times);
    if (times !== 2) continue;
    const { project, repository: name } = repository.config;
    log.info(
      { build: build.id, task: record.id },
      `Letter missing: ${build.definition.name} ${build.buildNumber} waits, and no commit of ${project}/${name} has its letter`,
    );
  }
  return own;
}

// Heads of the run's pull requests in any state, the run's own commit, and what was pushed since.
async function carriersOf(
  { ado }: Connector,
  repository: ManifestsRepository,
  build: Build,
): Promise<readonly string[]> {
  const repo = repository.ref;
  const pullRequests = await pullRequestsSince(ado, { repo, build });
  const heads = pullRequests
    .filter(({ sourceRefName }) => parseRunBranch(sourceRefName)?.build === build.id)
    .map(({ lastMergeSourceCommit }) => lastMergeSourceCommit?.commitId ?? "");
  const since = await listCommits(ado, {
    ...{ repo, branch: repository.config.branch, top: 50 },
    ...(build.startTime ? { since: build.startTime } : {}),
  });
  const own = build.repository?.id === repository.id ? [build.sourceVersion] : [];
  return [...new Set([...heads, ...own, ...since.map(({ commitId }) => commitId)])].filter(
    (id) => id !== "",
  );
}
