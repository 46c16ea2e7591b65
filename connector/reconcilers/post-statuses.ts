import { monotonicNow } from "../../clients/monotonic.ts";
import { LRUCache } from "lru-cache";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import type { NewCommitStatus } from "../../core/azure-devops/types.ts";
import type { EnvironmentStatus } from "../../core/gate/environment-statuses.ts";
import { latestByName } from "../../core/run/statuses.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

export type Poster = {
  /** Posts those that differ from what the connector itself said last on that commit. */
  readonly post: (
    repository: ManifestsRepository,
    commit: string,
    statuses: readonly EnvironmentStatus[],
  ) => Promise<void>;
};

type Said = { readonly state: string; readonly text: string; readonly at: number };

// Steps of a rollout follow one another; each would cost a call. In looks.
const looksPending = 3;
const looksBetween = 6;

type OfCommit = {
  readonly commit: string;
  /** Context → what was said last, and when. */
  readonly said: Map<string, Said>;
  /** Context that nothing was said of yet → since when it is pending. */
  readonly pending: Map<string, number>;
};

/** Of one environment: it remembers what it said on the commit that it looks at, and no other. */
export function createPoster(
  connector: Pick<Connector, "ado" | "config" | "former" | "leavesOut" | "log" | "me" | "metrics">,
): Poster {
  const { ado, config, log, metrics } = connector;
  const reporters = new Set([connector.me, ...(connector.former ?? [])]);
  const stepsMs = looksBetween * config.timings.look;
  let now: OfCommit | undefined;
  /** Commits that it has spoken of before: they are new no more. */
  const left = new LRUCache<string, true>({ max: 1_000 });

  async function lookAt(repository: ManifestsRepository, commit: string): Promise<OfCommit> {
    if (now?.commit === commit) return now;
    const isNew = repository.hasArrived(commit) && !left.has(commit);
    const statuses = isNew ? [] : await repository.allStatuses(commit);
    const own = [...latestByName(statuses, reporters)];
    const said = new Map(
      own.map(
        ([name, one]) => [name, { state: one.state, text: textOf(one), at: -Infinity }] as const,
      ),
    );
    if (now) left.set(now.commit, true);
    now = { commit, said, pending: new Map() };
    return now;
  }

  function lasts({ pending }: OfCommit, { context }: NewCommitStatus, at: number): boolean {
    const first = pending.get(context.name) ?? at;
    pending.set(context.name, first);
    return at - first >= looksPending * config.timings.look;
  }

  return {
    post: async (repository, commit, statuses) => {
      const current = await lookAt(repository, commit);
      const before = current.said;
      for (const { onlyWhileFailing, ...status } of statuses) {
        const text = textOf(status);
        const last = before.get(status.context.name);
        if (onlyWhileFailing && status.state !== "failed" && last === undefined) continue;
        const now = monotonicNow();
        if (last?.text === text || (last && isStep(last, status) && now - last.at < stepsMs))
          continue;
        // What is over after some looks is not said: a quick deployment has no use for it.
        if (status.state === "pending" && last === undefined && !lasts(current, status, now))
          continue;
        const priority = status.state === "pending" ? "progress" : "failure";
        if (connector.leavesOut?.(priority) === true) continue;
        if (config.mode === "observe") {
          log.info({ commit, status: status.context.name }, `Would post ${text}`);
        } else {
          const made = await postStatus(ado, { repo: repository.ref, commit, status });
          repository.noteStatus(commit, made);
          metrics.statuses.inc({ state: status.state });
        }
        before.set(status.context.name, { state: status.state, text, at: now });
      }
    },
  };
}

// One pending phase after another: each look at the environment comes to it again.
function isStep(last: Said, { state }: NewCommitStatus): boolean {
  return last.state === "pending" && state === "pending";
}

function textOf({ state, description }: Pick<NewCommitStatus, "state" | "description">): string {
  return `${state}: ${description ?? ""}`;
}
