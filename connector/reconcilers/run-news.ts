import { newestPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest, Ref } from "../../core/azure-devops/types.ts";
import { parseRunBranch } from "../../core/run/branch.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

const newest = 30;

/** Tells when there may be runs that were not seen yet: only then is anything read. */
export function createRunNews(ado: AzureDevOps) {
  const branches = new Map<string, string>();
  const seen = new Map<string, string>();

  // A run leaves a branch, or, once it is merged, another head.
  function now(repository: ManifestsRepository): string {
    return `${repository.knownHead()} ${branches.get(repository.id)}`;
  }
  const reading = new Map<string, string>();

  return {
    sawBranches: (repository: ManifestsRepository, refs: readonly Ref[]): void => {
      const text = refs.map(({ name, objectId }) => `${name}=${objectId}`).sort();
      branches.set(repository.id, text.join(" "));
    },
    /** The newest pull requests of runs; undefined where nothing has changed. */
    read: async (repository: ManifestsRepository): Promise<readonly PullRequest[] | undefined> => {
      const state = now(repository);
      if (seen.get(repository.id) === state) return undefined;
      const found = await newestPullRequests(ado, { repo: repository.ref, top: newest });
      reading.set(repository.id, state);
      return found.filter(({ sourceRefName }) => parseRunBranch(sourceRefName) !== undefined);
    },
    /** All of it was looked at. */
    done: (repository: ManifestsRepository): void => {
      const state = reading.get(repository.id);
      if (state !== undefined) seen.set(repository.id, state);
    },
  };
}
