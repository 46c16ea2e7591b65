// Runs go on after their wait: a job of the wait's stage that fails then (the post-deployment tests)
// turns `deployed/<environment>` of the code commit red, and a retry that passes turns it back.
import { LRUCache } from "lru-cache";
import { getBuild, getTimeline, listBuilds } from "../../clients/azure-devops/builds.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Timeline } from "../../core/azure-devops/types.ts";
import { causeText } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import { judgeAfterWait, type AfterWait } from "../../core/gate/after-wait.ts";
import { latestReported } from "../../core/run/statuses.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import type { BuildInProgress } from "./builds-in-progress.ts";
import { createDeployedSearch } from "./deployed-search.ts";
import {
  deployedPrefix,
  longestDescription,
  postDeployed,
  type Deployed,
} from "./deployed-status.ts";
import { deployedBy } from "./end-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import type { PipelineProject } from "./pipeline-projects.ts";

type Room = Pick<Connector, "ado" | "config" | "me" | "former" | "log">;

/** One run's wait that has succeeded. */
type Followed = Deployed & {
  readonly build: number;
  readonly task: string;
  /** What the code commit was told last; `succeeded` by the wait's own end. */
  said: string | undefined;
  /** How often it was looked at since its run has ended. */
  looks: number;
};

export type AfterWaits = {
  /** Its wait was ended with success by this life of the connector. */
  readonly follow: (open: OpenWait) => void;
  /** One look at the runs in progress, and at those that are no longer. */
  readonly sawRuns: (
    repository: ManifestsRepository,
    seen: {
      readonly runs: readonly BuildInProgress[];
      readonly projects: readonly PipelineProject[];
    },
  ) => Promise<void>;
};

// What ended while nobody looked: the newest that failed within a day.
const mostEnded = 20;
const endedWithinMs = 24 * 60 * 60 * 1_000;

// A job of an ended run that goes on for ever is nobody's.
const mostLooks = 10;

export function createAfterWaits(room: Room): AfterWaits {
  const { ado, config, log } = room;
  const followed = new Map<string, Map<string, Followed>>();
  const search = createDeployedSearch(room);
  const reporters = new Set([room.me, ...(room.former ?? [])]);
  const looked = new LRUCache<string, true>({ max: 1_000 });

  function ofRepository({ id }: ManifestsRepository): Map<string, Followed> {
    const known = followed.get(id) ?? new Map<string, Followed>();
    followed.set(id, known);
    return known;
  }

  /** What is followed of a run, where an earlier life of the connector ended its wait too. */
  async function adopt(repository: ManifestsRepository, run: BuildInProgress): Promise<void> {
    const own = ofRepository(repository);
    for (const task of search.succeededIn(run.timeline)) {
      const key = keyOf({ build: run.build.id, task });
      const cancelled = isCancelled(run.build);
      if (own.has(key)) continue;
      const found = await search.find(run, {
        task,
        judged: judgeAfterWait(run.timeline, { task, cancelled }),
        serves: (environment) =>
          config.environments.some(
            (one) => one.repository === repository.config.name && one.name === environment,
          ),
      });
      if (found) own.set(key, { ...found, build: run.build.id, task, said: undefined, looks: 0 });
    }
  }

  /** @returns whether it is over with that. */
  async function tell(one: Followed, { timeline, cancelled }: Seen): Promise<boolean> {
    const judged = judgeAfterWait(timeline, { task: one.task, cancelled });
    const next = nextOf(judged);
    if (next === undefined) return judged.kind !== "running";
    const description = fitted(next.text, longestDescription);
    const saying = next.state === "succeeded" ? next.state : description;
    if (one.said === saying) return true;
    const { project, source, environment, targetUrl } = one;
    const repo = { project, repository: source.repository };
    const statuses = await listStatuses(ado, { repo, commit: source.commit });
    const name = `${deployedPrefix}${environment}`;
    const now = latestReported(statuses, { name, reporters });
    const isSaid = now?.state === next.state && ["succeeded", now.description].includes(saying);
    // A newer run has deployed the same commit: what it says stands.
    const stands = now === undefined || now.targetUrl !== targetUrl || isSaid;
    if (!stands && config.mode === "full" && (await postDeployed(room, one, next))) {
      log.info({ build: one.build, environment }, next.text);
    }
    one.said = saying;
    return true;
  }

  /** A look for itself: what fails is repeated at the next, and stops no other. */
  async function attempt<T>(build: number, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      const what = `Failed to look at what run ${build} does after its wait`;
      log.warn({ err: error, build }, `${what}: ${causeText(error)}. It is repeated`);
      return undefined;
    }
  }

  async function endedUnseen({ project, definitions }: PipelineProject) {
    const key = `${project}/${definitions?.join(",") ?? ""}`;
    if (looked.has(key)) return [];
    const runs = await listBuilds(ado, {
      ...{ project, status: "completed", results: ["failed"], top: mostEnded },
      ...(definitions ? { definitions } : {}),
    });
    const recent = runs.filter(
      ({ finishTime }) => ado.now() - Date.parse(finishTime ?? "") < endedWithinMs,
    );
    const found: BuildInProgress[] = [];
    for (const build of recent) {
      const timeline = await getTimeline(ado, { project: build.project.id, build: build.id });
      if (timeline) found.push({ build, timeline });
    }
    looked.set(key, true);
    return found;
  }

  return {
    follow: (open) => {
      const deployed = deployedBy(open);
      if (deployed === undefined) return;
      const { build, task } = open.wait.key;
      const one = { ...deployed, build, task: task.toLowerCase(), said: "succeeded", looks: 0 };
      ofRepository(open.repository).set(keyOf(one), one);
    },
    sawRuns: async (repository, { runs, projects }) => {
      const own = ofRepository(repository);
      const ended: BuildInProgress[] = [];
      for (const project of projects) {
        await attempt(0, async () => void ended.push(...(await endedUnseen(project))));
      }
      for (const run of [...runs, ...ended]) {
        await attempt(run.build.id, () => adopt(repository, run));
      }
      for (const [key, one] of own) {
        const run = runs.find(({ build }) => build.id === one.build);
        const over = await attempt(one.build, async () => {
          const seen = run
            ? { timeline: run.timeline, cancelled: isCancelled(run.build) }
            : await readEnded(room, one);
          return seen === undefined || (await tell(one, seen));
        });
        if (run === undefined) one.looks += 1;
        if (run === undefined && (over || one.looks >= mostLooks)) own.delete(key);
      }
    },
  };
}

type Seen = { readonly timeline: Timeline; readonly cancelled: boolean };

async function readEnded({ ado }: Room, { project, build }: Followed): Promise<Seen | undefined> {
  const timeline = await getTimeline(ado, { project, build });
  if (timeline === undefined) return undefined;
  // Only of a run that somebody may have stopped.
  const stopped = timeline.records.some(({ result }) => result === "canceled");
  const run = stopped ? await getBuild(ado, { project, build }) : undefined;
  return { timeline, cancelled: run !== undefined && isCancelled(run) };
}

function isCancelled({ status, result }: { readonly status: string; readonly result?: string }) {
  return status === "cancelling" || result === "canceled";
}

function nextOf(judged: AfterWait) {
  switch (judged.kind) {
    case "no-wait":
    case "nothing":
    case "running":
      return undefined;
    case "passed":
      return { state: "succeeded", text: "Deployed and healthy, and its tests passed" } as const;
    case "failed":
      return { state: "failed", text: judged.text } as const;
  }
}

function keyOf({ build, task }: { readonly build: number; readonly task: string }): string {
  return `${build}/${task}`;
}
