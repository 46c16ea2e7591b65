// After a restart, or when a job is run again: which code commit a run's wait was about. The
// connector's own `deployed/<environment>` says it, by the address of the wait.
import { LRUCache } from "lru-cache";
import {
  listBuildsOfConsumed,
  listConsumedRuns,
} from "../../clients/azure-devops/consumed-runs.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { Build, CommitStatus, Timeline } from "../../core/azure-devops/types.ts";
import { parseTaskLogUrl } from "../../core/azure-devops/urls.ts";
import type { AfterWait } from "../../core/gate/after-wait.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { isReported } from "../../core/run/statuses.ts";
import type { Connector } from "../connector.ts";
import type { BuildInProgress } from "./builds-in-progress.ts";
import type { CodeCommit } from "./code-commit.ts";
import { deployedPrefix, type Deployed } from "./deployed-status.ts";
import { waitTaskIdsOf } from "./letter-search.ts";

type Room = Pick<Connector, "ado" | "config" | "me" | "former">;

type Wanted = {
  readonly task: string;
  readonly judged: AfterWait;
  readonly serves: (environment: string) => boolean;
};

// Waits of other connectors, and of runs without a code commit, are not looked for for ever.
const mostLooks = 3;

export function createDeployedSearch({ ado, config, me, former = [] }: Room) {
  const looks = new LRUCache<string, number>({ max: 10_000 });
  const taskIds = new Set(waitTaskIdsOf(config).map((id) => id.toLowerCase()));
  const reporters = new Set([me, ...former]);

  async function candidatesOf({ project, definition, ...build }: Build) {
    const own: readonly CodeCommit[] = build.repository
      ? [{ repository: build.repository.id, commit: build.sourceVersion }]
      : [];
    const question = { project: project.id, definition: definition.id, build: build.id };
    const consumed: CodeCommit[] = [];
    for (const run of await listConsumedRuns(ado, question)) {
      for (const one of await listBuildsOfConsumed(ado, { project: project.id, run })) {
        if (one.repository)
          consumed.push({ repository: one.repository.id, commit: one.sourceVersion });
      }
    }
    return [...own, ...consumed];
  }

  function environmentIn(status: CommitStatus, of: { build: number; task: string }) {
    const { genre, name } = status.context;
    const address = parseTaskLogUrl(status.targetUrl ?? "");
    const isOurs = genre === statusGenre && name.startsWith(deployedPrefix);
    if (!isOurs || !isReported(status, reporters)) return undefined;
    if (address?.build !== of.build || address.task !== of.task) return undefined;
    return name.slice(deployedPrefix.length);
  }

  return {
    /** Ids of the waits of a run that have succeeded. */
    succeededIn: ({ records }: Timeline): readonly string[] =>
      records
        .filter(({ task, state }) => state === "completed" && taskIds.has(lower(task?.id)))
        .filter(({ result }) => result === "succeeded")
        .map(({ id }) => id.toLowerCase()),

    /** Looked for only where something can be to say: it costs a few calls. */
    find: async ({ build }: BuildInProgress, wanted: Wanted): Promise<Deployed | undefined> => {
      const { task, judged, serves } = wanted;
      if (judged.kind !== "failed" && !(judged.kind === "passed" && judged.again)) return undefined;
      const key = `${build.id}/${task}`;
      const before = looks.get(key) ?? 0;
      if (before >= mostLooks) return undefined;
      looks.set(key, before + 1);
      const project = build.project.id;
      for (const source of await candidatesOf(build)) {
        const { repository, commit } = source;
        const statuses = await listStatuses(ado, { repo: { project, repository }, commit });
        for (const status of statuses) {
          const environment = environmentIn(status, { build: build.id, task });
          if (environment === undefined || !serves(environment)) continue;
          looks.delete(key);
          return { project, source, environment, targetUrl: status.targetUrl };
        }
      }
      return undefined;
    },
  };
}

function lower(text: string | undefined): string {
  return text?.toLowerCase() ?? "";
}
