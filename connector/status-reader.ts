import { LRUCache } from "lru-cache";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listStatuses } from "../clients/azure-devops/statuses.ts";
import { monotonicNow } from "../clients/monotonic.ts";
import type { CommitStatus } from "../core/azure-devops/types.ts";

/** Statuses of commits, with what this process has posted itself. */
export type StatusReader = {
  /** At most `maxAgeMs` old. */
  readonly read: (commit: string, maxAgeMs: number) => Promise<readonly CommitStatus[]>;
  /** Adds one that was posted just now. */
  readonly note: (commit: string, status: CommitStatus) => void;
};

type Known = { readonly at: number; readonly list: readonly CommitStatus[] };

/** @param isNew it came while this process looked on: it has what was noted, and no more */
export function statusReader(
  ado: AzureDevOps,
  repo: RepositoryRef,
  isNew: (commit: string) => boolean,
): StatusReader {
  const known = new LRUCache<string, Known>({ max: 2_000 });
  const reading = new Map<string, Promise<readonly CommitStatus[]>>();

  async function ask(commit: string): Promise<readonly CommitStatus[]> {
    try {
      const list = await listStatuses(ado, { repo, commit });
      known.set(commit, { at: monotonicNow(), list });
      return list;
    } finally {
      reading.delete(commit);
    }
  }

  function begun(commit: string): Known | undefined {
    if (!isNew(commit)) return undefined;
    const none = { at: monotonicNow(), list: [] };
    known.set(commit, none);
    return none;
  }

  return {
    read: async (commit, maxAgeMs) => {
      const found = known.get(commit) ?? begun(commit);
      if (found && monotonicNow() - found.at <= maxAgeMs) return found.list;
      // Several looks at one moment share one call.
      const call = reading.get(commit) ?? ask(commit);
      reading.set(commit, call);
      return call;
    },
    note: (commit, status) => {
      const found = known.get(commit) ?? begun(commit);
      if (found) known.set(commit, { at: found.at, list: [...found.list, status] });
    },
  };
}
