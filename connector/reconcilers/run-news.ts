import { listNewestPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest, Ref } from "../../core/azure-devops/types.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { hasMovedUnseen } from "../unseen-moves.ts";

const newest = 30;

type Branches = {
  readonly names: ReadonlySet<string>;
  /** With their heads: those that no wait is held for. */
  readonly untold: ReadonlySet<string>;
};

type State = { readonly head: string | undefined; readonly untold: ReadonlySet<string> };

/** Tells when there may be runs that were not seen yet: only then is anything read. */
export function createRunNews(ado: AzureDevOps) {
  const branches = new Map<string, Branches>();
  const seen = new Map<string, State>();
  const reading = new Map<string, State>();

  function now(repository: ManifestsRepository): State {
    const untold = branches.get(repository.id)?.untold ?? new Set<string>();
    return { head: repository.knownHead(), untold };
  }

  // A run leaves a branch, or, once it is merged, another head. What its letter or its merge has told
  // already is no news.
  function isNews(repository: ManifestsRepository, before: State | undefined): boolean {
    if (before === undefined) return true;
    const { untold } = now(repository);
    const isUntold = [...untold].some((one) => !before.untold.has(one));
    return isUntold || hasMovedUnseen(repository, before.head);
  }

  return {
    /** Those that are gone since they were last seen: their runs were merged, or given up. */
    lost: (repository: ManifestsRepository, refs: readonly Ref[]): readonly string[] => {
      const names = new Set(refs.map(({ name }) => name));
      return [...(branches.get(repository.id)?.names ?? [])].filter((name) => !names.has(name));
    },
    /** @param isHeld is a wait held whose letter lies on this commit? */
    sawBranches: (
      repository: ManifestsRepository,
      refs: readonly Ref[],
      isHeld: (commit: string) => boolean,
    ): void => {
      const untold = refs.filter(({ objectId }) => !isHeld(objectId));
      branches.set(repository.id, {
        names: new Set(refs.map(({ name }) => name)),
        untold: new Set(untold.map(({ name, objectId }) => `${name}=${objectId}`)),
      });
    },
    /** The newest pull requests of runs; undefined where nothing has changed. */
    read: async (repository: ManifestsRepository): Promise<readonly PullRequest[] | undefined> => {
      const state = now(repository);
      if (!isNews(repository, seen.get(repository.id))) return undefined;
      const found = await listNewestPullRequests(ado, { repo: repository.ref, top: newest });
      reading.set(repository.id, state);
      return found.filter((one) => runBranchOf(one) !== undefined);
    },
    /** All of it was looked at. */
    done: (repository: ManifestsRepository): void => {
      const state = reading.get(repository.id);
      if (state !== undefined) seen.set(repository.id, state);
    },
  };
}
