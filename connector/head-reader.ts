import { LRUCache } from "lru-cache";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { monotonicNow } from "../clients/monotonic.ts";
import { readBranchHead } from "./branch-head.ts";

export type HeadReader = {
  /** At most `maxAgeMs` old; undefined while the branch does not exist. */
  readonly read: (maxAgeMs: number) => Promise<string | undefined>;
  /** The same where nothing ends by it: a merge that was seen tells the head as well. */
  readonly presume: (maxAgeMs: number) => Promise<string | undefined>;
  /** A pull request that was read just now has moved the branch. */
  readonly sawMerge: (merge: { readonly from: string; readonly to: string }) => void;
  /** What the branch was before a merge that was seen made this commit of it. */
  readonly beforeMerge: (commit: string) => string | undefined;
  /** Something tells that it may have moved: what was presumed is asked for. */
  readonly doubt: () => void;
  readonly known: () => string | undefined;
  /** Became the head while this process looked on. */
  readonly hasArrived: (commit: string) => boolean;
  /** Was it never seen as the head? Of each commit once: Flux may stay behind for days. */
  readonly isNews: (commit: string) => boolean;
};

type Known = { readonly at: number; readonly commit: string | undefined };

export function headReader(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly branch: string },
): HeadReader {
  const arrived = new LRUCache<string, true>({ max: 1_000 });
  const heard = new LRUCache<string, true>({ max: 1_000 });
  /** Said to be news, and no head has been read since. */
  const asking = new Set<string>();
  /** By the commit that a merge made, what the branch was before. */
  const merged = new LRUCache<string, string>({ max: 1_000 });
  const seen = new LRUCache<string, true>({ max: 1_000 });
  let head: Known | undefined;
  /** By a merge that was seen after `head` was read. */
  let presumed: Known | undefined;
  /** What was read before may be no longer so: a merge was seen, or the head doubted. */
  let oldBefore = -Infinity;
  let reading: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined;

  function note(commit: string): void {
    // A branch that went back holds what was there before.
    const isNew = head?.commit !== undefined && !seen.has(commit);
    if (isNew) arrived.set(commit, true);
    seen.set(commit, true);
  }

  async function read(maxAgeMs: number): Promise<string | undefined> {
    const isOld = head === undefined || head.at < oldBefore;
    if (head && !isOld && monotonicNow() - head.at <= maxAgeMs) return head.commit;
    // Several looks at one moment share one call.
    if (reading !== undefined && reading.at >= oldBefore) return reading.answer;
    const at = monotonicNow();
    const answer = ask(at).finally(() => {
      if (reading?.at === at) reading = undefined;
    });
    reading = { at, answer };
    return answer;
  }

  async function ask(at: number): Promise<string | undefined> {
    const commit = await readBranchHead(ado, of);
    if (commit !== undefined) note(commit);
    for (const one of asking) heard.set(one, true);
    asking.clear();
    if (head === undefined || head.at <= at) head = { at, commit };
    // Asked for before the merge was seen it tells nothing of that.
    if (presumed && presumed.at <= at) presumed = undefined;
    return commit;
  }

  return {
    read,
    presume: (maxAgeMs) => {
      const isYoung = presumed && monotonicNow() - presumed.at <= maxAgeMs;
      return isYoung ? Promise.resolve(presumed?.commit) : read(maxAgeMs);
    },
    sawMerge: ({ from, to }) => {
      merged.set(to, from);
      if (seen.has(to)) return;
      oldBefore = monotonicNow();
      if ((presumed ?? head)?.commit !== from) return;
      note(to);
      presumed = { at: oldBefore, commit: to };
    },
    doubt: () => {
      oldBefore = monotonicNow();
      presumed = undefined;
    },
    known: () => (presumed ?? head)?.commit,
    beforeMerge: (commit) => merged.get(commit),
    hasArrived: (commit) => arrived.has(commit),
    isNews: (commit) => {
      if (seen.has(commit) || heard.has(commit)) return false;
      asking.add(commit);
      return true;
    },
  };
}
