import { LRUCache } from "lru-cache";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { monotonicNow } from "../clients/monotonic.ts";
import { readBranchHead } from "./branch-head.ts";

export type HeadReader = {
  /** At most `maxAgeMs` old; undefined while the branch does not exist. */
  readonly read: (maxAgeMs: number) => Promise<string | undefined>;
  readonly known: () => string | undefined;
  /** Became the head while this process looked on. */
  readonly hasArrived: (commit: string) => boolean;
  /** Was it never seen as the head? Of each commit once: Flux may stay behind for days. */
  readonly isNews: (commit: string) => boolean;
};

export function headReader(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly branch: string },
): HeadReader {
  const arrived = new LRUCache<string, true>({ max: 1_000 });
  const heard = new LRUCache<string, true>({ max: 1_000 });
  /** Said to be news, and no head has been read since. */
  const asking = new Set<string>();
  const seen = new LRUCache<string, true>({ max: 1_000 });
  let head: { readonly at: number; readonly commit: string | undefined } | undefined;
  let reading: Promise<string | undefined> | undefined;
  return {
    read: async (maxAgeMs) => {
      if (head && monotonicNow() - head.at <= maxAgeMs) return head.commit;
      // Several looks at one moment share one call.
      reading ??= readBranchHead(ado, of).finally(() => {
        reading = undefined;
      });
      const commit = await reading;
      if (commit !== undefined) {
        // A branch that went back holds what was there before.
        const isNew = head?.commit !== undefined && !seen.has(commit);
        if (isNew) arrived.set(commit, true);
        seen.set(commit, true);
      }
      for (const one of asking) heard.set(one, true);
      asking.clear();
      head = { at: monotonicNow(), commit };
      return commit;
    },
    known: () => head?.commit,
    hasArrived: (commit) => arrived.has(commit),
    isNews: (commit) => {
      if (seen.has(commit) || heard.has(commit)) return false;
      asking.add(commit);
      return true;
    },
  };
}
