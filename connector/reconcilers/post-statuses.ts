import { monotonicNow } from "../../clients/monotonic.ts";
import { LRUCache } from "lru-cache";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import type { NewCommitStatus } from "../../core/azure-devops/types.ts";
import type { EnvironmentStatus } from "../../core/gate/environment-statuses.ts";
import { latestOwn } from "../baseline.ts";
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

// Steps of a reconciliation follow one another within a second; each would cost a call.
const stepsMs = 5_000;
const justReadMs = 1_000;

export function createPoster(
  connector: Pick<Connector, "ado" | "config" | "leavesOut" | "log" | "me" | "metrics">,
): Poster {
  const { ado, config, log, metrics } = connector;
  /** Commit → context → what was said last, and when. */
  const said = new LRUCache<string, Map<string, Said>>({ max: 5_000 });
  /** Commit → context that nothing was said of yet → since when it is pending. */
  const pending = new LRUCache<string, Map<string, number>>({ max: 500 });

  async function saidOn(repository: ManifestsRepository, commit: string) {
    const known = said.get(commit);
    if (known) return known;
    const isNew = repository.hasArrived(commit);
    const statuses = isNew ? [] : await repository.statuses(commit, justReadMs);
    const names = new Set(statuses.map(({ context }) => context.name));
    const found = new Map<string, Said>();
    for (const name of names) {
      const own = latestOwn(connector, statuses, name);
      if (own) found.set(name, { state: own.state, text: textOf(own), at: 0 });
    }
    said.set(commit, found);
    return found;
  }

  function lasts(commit: string, { context }: NewCommitStatus, now: number): boolean {
    const since = pending.get(commit) ?? new Map<string, number>();
    pending.set(commit, since);
    const first = since.get(context.name) ?? now;
    since.set(context.name, first);
    return now - first >= config.timings.look;
  }

  return {
    post: async (repository, commit, statuses) => {
      const before = await saidOn(repository, commit);
      for (const { onlyWhileFailing, ...status } of statuses) {
        const text = textOf(status);
        const last = before.get(status.context.name);
        if (onlyWhileFailing && status.state !== "failed" && last === undefined) continue;
        const now = monotonicNow();
        if (last?.text === text || (last && isStep(last, status) && now - last.at < stepsMs))
          continue;
        // What is over at the next look is not said: a quick deployment has no use for it.
        if (status.state === "pending" && last === undefined && !lasts(commit, status, now))
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
