// Looks for the letter of a build that waits, on every commit where it could lie.
import { LRUCache } from "lru-cache";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { listPushedHeads } from "../../clients/azure-devops/pull-request-history.ts";
import { listPullRequestsSince } from "../../clients/azure-devops/run-pull-requests.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import { invokeRestApiTaskId, waitTaskId } from "../../core/run/letter.ts";
import type { Build, PullRequest, Timeline } from "../../core/azure-devops/types.ts";
import { endedRecords, waitingRecords } from "../../core/gate/waiting-records.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { openLetters, type OpenLetter } from "./open-letters.ts";

type Room = Pick<Connector, "ado" | "config" | "me" | "former" | "log">;

export type BuildSearch = {
  readonly build: Build;
  readonly timeline: Timeline;
  /** Is the wait of this task looked at already? */
  readonly isHeld: (task: string) => boolean;
  /** Also letters of tasks that have ended: once after a start. */
  readonly withEnded: boolean;
};

/** Ids of the tasks that may wait. */
export function waitTaskIdsOf({ waitTaskIds, letterAuthors }: Room["config"]): readonly string[] {
  const byRest = letterAuthors.length > 0 ? [invokeRestApiTaskId] : [];
  return [waitTaskId, ...waitTaskIds, ...byRest];
}

export type FoundLetters = {
  readonly letters: readonly OpenLetter[];
  /** Of all runs since the build's start, where they were read. */
  readonly pullRequests?: readonly PullRequest[];
};

// What was pushed to the branch since a build's start, at most.
const newestCommits = 50;

export function createLetterSearch({ ado, config, me, former = [], log }: Room) {
  /** How often a task's letter was looked for and not found. */
  const missed = new LRUCache<string, number>({ max: 10_000 });
  const taskIds = waitTaskIdsOf(config);

  async function onCommits(
    repository: ManifestsRepository,
    commits: readonly string[],
  ): Promise<readonly OpenLetter[]> {
    const letters: OpenLetter[] = [];
    for (const commit of new Set(commits)) {
      const statuses = await listStatuses(ado, { repo: repository.ref, commit });
      letters.push(
        ...openLetters({ me, former }, commit, statuses).map((one) => ({ ...one, statuses })),
      );
    }
    return letters;
  }

  // Heads of the run's pull requests in any state, the run's own commit, and what was pushed since.
  async function carriersOf(
    repository: ManifestsRepository,
    build: Build,
    pullRequests: readonly PullRequest[],
  ): Promise<readonly string[]> {
    const repo = repository.ref;
    const own = pullRequests.filter((one) => runBranchOf(one)?.build === build.id);
    const since = await listCommits(ado, {
      ...{ repo, branch: repository.config.branch, top: newestCommits },
      ...(build.startTime ? { since: build.startTime } : {}),
    });
    return [
      ...headsOf(own),
      ...(build.repository?.id === repository.id ? [build.sourceVersion] : []),
      ...since.map(({ commitId }) => commitId),
    ];
  }

  // Where somebody pushed to a run's branch, its letter lies on what the branch held before.
  async function coveredIn(
    { ref: repo }: ManifestsRepository,
    build: Build,
    pullRequests: readonly PullRequest[],
  ): Promise<readonly string[]> {
    const own = pullRequests.filter((one) => runBranchOf(one)?.build === build.id);
    const pushed = await Promise.all(
      own.map(({ pullRequestId: id }) => listPushedHeads(ado, { repo, id })),
    );
    const heads = headsOf(own);
    return pushed.flat().filter((commit) => !heads.includes(commit));
  }

  function sayMissing({ build }: BuildSearch, { config: of }: ManifestsRepository, task: string) {
    log.info(
      { build: build.id, task },
      `Letter missing: ${build.definition.name} ${build.buildNumber} waits, and no commit of ${of.project}/${of.repository} has its letter`,
    );
  }

  return {
    /** Ids of the tasks that wait. */
    waitingIn: (timeline: Timeline): readonly string[] =>
      waitingRecords(timeline, taskIds).map(({ record }) => record.id.toLowerCase()),

    onHeads: (repository: ManifestsRepository, pullRequests: readonly PullRequest[]) =>
      onCommits(repository, headsOf(pullRequests)),

    /** The letters of a build in a repository; one that is not found is looked for ever more rarely. */
    ofBuild: async (
      repository: ManifestsRepository,
      wanted: BuildSearch,
    ): Promise<FoundLetters> => {
      const { build, timeline, isHeld, withEnded } = wanted;
      const keyOf = (task: string) => `${repository.id}/${build.id}/${task}`;
      const waiting = waitingRecords(timeline, taskIds)
        .map(({ record }) => record.id.toLowerCase())
        .filter((task) => !isHeld(task));
      for (const task of waiting) missed.set(keyOf(task), (missed.get(keyOf(task)) ?? 0) + 1);
      const due = waiting.filter((task) => isDue(missed.get(keyOf(task)) ?? 1));
      const ended = withEnded ? endedRecords(timeline, taskIds) : [];
      if (due.length + ended.length === 0) return { letters: [] };
      const pullRequests = await listPullRequestsSince(ado, { repo: repository.ref, build });
      const carriers = await carriersOf(repository, build, pullRequests);
      const isOwn = ({ letter }: OpenLetter) => letter.task.build === build.id;
      const found = (await onCommits(repository, carriers)).filter(isOwn);
      const isFound = (task: string) => found.some(({ letter }) => letter.task.task === task);
      const covered = due.every(isFound) ? [] : await coveredIn(repository, build, pullRequests);
      const own = [...found, ...(await onCommits(repository, covered)).filter(isOwn)];
      for (const task of waiting) {
        // What is found is judged once.
        if (own.some(({ letter }) => letter.task.task === task)) {
          missed.set(keyOf(task), Math.max(missed.get(keyOf(task)) ?? 0, lastEager));
          continue;
        }
        // At first it may just be on its way, or lie in another repository that is looked at next.
        if (missed.get(keyOf(task)) === 2) sayMissing(wanted, repository, task);
      }
      return { letters: own, pullRequests };
    },
  };
}

const lastEager = 4;

// Each time costs many calls: the 1st to 4th, then the 8th, the 16th, …
function isDue(times: number): boolean {
  return times <= lastEager || Number.isInteger(Math.log2(times));
}

function headsOf(pullRequests: readonly PullRequest[]): readonly string[] {
  return pullRequests.flatMap(({ lastMergeSourceCommit }) => lastMergeSourceCommit?.commitId ?? []);
}
