// Freezes of environments, as statuses `freeze/<environment>` of the pull requests that change them:
// a policy of the branch can require them, by the connector's identity.
import { LRUCache } from "lru-cache";
import { isInForce, listPolicies } from "../../clients/azure-devops/branch-policies.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import { freezePath, freezeText, judgeFreeze } from "../../core/freeze/freeze.ts";
import { freezeStatusName, touches } from "../../core/freeze/freeze-verdict.ts";
import { inFolder } from "../../core/render/ownership-index.ts";
import { decidedHere, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { createFreezePoster, type Watched } from "./post-freeze.ts";

type Room = Pick<Connector, "ado" | "config" | "log" | "me" | "former">;

export type Freezes = {
  /** One look; answers when to look again. */
  readonly reconcile: (repository: ManifestsRepository) => Promise<number>;
};

export function createFreezes(room: Room): Freezes {
  const { ado, config, log } = room;
  const { discovery, letters, resync } = config.timings;
  // As old as looks at environments let it become: freezes cost no look of their own.
  const headAgeMs = 4 * letters;
  const asked = new LRUCache<string, ReadonlySet<string>>({ max: 1_000, ttl: resync });
  const changed = new LRUCache<string, readonly string[]>({ max: 5_000 });
  const said = new Map<string, string>();
  const poster = createFreezePoster(room);

  /** Names that policies ask for. Where they may not be read, all are taken to be asked for. */
  async function askedFor(repository: ManifestsRepository): Promise<ReadonlySet<string>> {
    const known = asked.get(repository.id);
    if (known) return known;
    const all = decidedHere(room, repository).map(({ name }) => freezeStatusName(name));
    let names: ReadonlySet<string>;
    try {
      const of = { repository, ref: `refs/heads/${repository.config.branch}` };
      const found = await listPolicies(ado, { project: repository.projectId, kind: "status" });
      const inForce = found.filter((policy) => isInForce(policy, of));
      names = new Set(inForce.map(({ settings }) => String(settings?.["statusName"])));
    } catch (error) {
      if (!(error instanceof HttpError) || ![401, 403, 404].includes(error.status)) throw error;
      names = new Set(all);
    }
    asked.set(repository.id, names);
    return names;
  }

  async function watchedIn(repository: ManifestsRepository, head: string) {
    const names = await askedFor(repository);
    const watched: Watched[] = [];
    for (const environment of decidedHere(room, repository)) {
      const { name, path } = environment;
      const text = await repository.freeze(head, path);
      if (text === undefined && !names.has(freezeStatusName(name))) continue;
      const state = judgeFreeze(text, { environment: name, now: ado.now() });
      sayOnce(`${repository.id}/${name}`, freezeText(state, name) ?? `${name} is not frozen`);
      watched.push({ environment, state });
    }
    return watched;
  }

  function sayOnce(key: string, text: string): void {
    if (said.get(key) === text) return;
    const isFirst = !said.has(key);
    said.set(key, text);
    if (!isFirst || !text.endsWith("is not frozen")) log.info(text);
  }

  /** Of the merge as the service previews it; undefined while there is none. */
  async function pathsOf(repository: ManifestsRepository, pullRequest: PullRequest) {
    const { pullRequestId, lastMergeCommit, lastMergeTargetCommit: target } = pullRequest;
    const source = pullRequest.lastMergeSourceCommit?.commitId;
    const key = `${repository.id}/${pullRequestId}/${source}`;
    const known = changed.get(key);
    if (known || !lastMergeCommit || !target) return known;
    const files = await repository.differing(target.commitId, lastMergeCommit.commitId);
    const paths = [...files.keys()];
    changed.set(key, paths);
    return paths;
  }

  async function judge(
    repository: ManifestsRepository,
    pullRequest: PullRequest,
    watched: readonly Watched[],
  ): Promise<void> {
    const paths = await pathsOf(repository, pullRequest);
    for (const one of watched) {
      const folder = one.environment.path;
      if (!touches(folder, paths ?? [], inFolder(folder, freezePath))) continue;
      await poster.post(repository, pullRequest, one);
    }
  }

  return {
    reconcile: async (repository) => {
      const head = await repository.presumedHead(headAgeMs);
      const watched = head === undefined ? [] : await watchedIn(repository, head);
      if (watched.length === 0) return discovery;
      const targetRef = `refs/heads/${repository.config.branch}`;
      const repo = repository.ref;
      for (const one of await findPullRequests(ado, { repo, status: "active", targetRef })) {
        try {
          await judge(repository, one, watched);
        } catch (error) {
          // The others are looked at all the same.
          const what = `Failed to say whether !${one.pullRequestId} is frozen`;
          log.warn({ err: error }, `${what}: ${causeText(error)}. It is repeated`);
        }
      }
      return Math.min(discovery, nextChange(watched, ado.now()));
    },
  };
}

// A freeze begins, and ends, at its minute and not at the next look.
function nextChange(watched: readonly Watched[], now: number): number {
  const times = watched.flatMap(({ state }) =>
    "freeze" in state ? [state.freeze.from, state.freeze.to ?? Infinity] : [],
  );
  const soonest = Math.min(...times.map((time) => (time > now ? time - now : Infinity)));
  return Math.max(soonest, 1);
}
