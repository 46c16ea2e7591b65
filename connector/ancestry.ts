import { LRUCache } from "lru-cache";
import { readMergeBase } from "../clients/azure-devops/commits.ts";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { readCommonCommit } from "../clients/azure-devops/diffs.ts";
import { monotonicNow } from "../clients/monotonic.ts";
import type { Answer } from "../core/gate/gate-input.ts";

export type Ancestry = {
  /** Is `commit` contained in `descendant` (equal or an ancestor of it)? */
  readonly contains: (commit: string, descendant: string) => Promise<Answer>;
  /** The same, where a "no" ends a run: two different calls must say it now. */
  readonly surelyContains: (commit: string, descendant: string) => Promise<Answer>;
  /** Takes what a history says: each commit contains those after it. */
  readonly learn: (newestFirst: readonly string[]) => void;
  /** Takes what a difference says: the newest commit that two have in common. */
  readonly learnCommon: (a: string, b: string, common: string) => void;
};

/** `never`: a no that is proven, since it is the other way round. */
type Found = Answer | "never";

type Told = {
  readonly answer: Promise<Found>;
  /** How often in a row it was asked; the next time by the other call. */
  readonly times: number;
  /** When it is to be asked again; Infinity: never. */
  until: number;
};

const most = 20_000;
// What is asked about is the newest, or close to it.
const mostLearned = 3;
const firstPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;

/**
 * Which commits contain which. That never changes, so a "yes" is kept, and a "no" once two different
 * calls have said it; whatever else is answered means that it is not known.
 */
export function createAncestry(ado: AzureDevOps, repo: RepositoryRef): Ancestry {
  const told = new LRUCache<string, Told>({ max: most });

  async function ask(by: "merge-base" | "difference", a: string, b: string): Promise<Found> {
    try {
      const common =
        by === "merge-base"
          ? await readMergeBase(ado, { repo, a, b })
          : await readCommonCommit(ado, { repo, base: a, target: b });
      if (common === a) return "yes";
      return common === b ? "never" : "no";
    } catch {
      return "unknown";
    }
  }

  async function contains(commit: string, descendant: string): Promise<Answer> {
    if (commit === descendant) return "yes";
    const key = keyOf(commit, descendant);
    const known = told.get(key);
    if (known && monotonicNow() < known.until) return answerOf(await known.answer);
    return askAgain(key, commit, descendant);
  }

  async function askAgain(key: string, commit: string, descendant: string): Promise<Answer> {
    const before = told.get(key);
    const times = (before?.times ?? 0) + 1;
    const answer = ask(times % 2 === 1 ? "merge-base" : "difference", commit, descendant);
    const now: Told = { answer, times, until: Infinity };
    told.set(key, now);
    const found = await answer;
    const agreed = found === "no" && (await before?.answer) === "no";
    if (found !== "yes" && found !== "never" && !agreed) {
      now.until = monotonicNow() + Math.min(firstPauseMs * 2 ** (times - 1), longestPauseMs);
    }
    return answerOf(found);
  }

  // The other way round is believed for a while only: nothing that ends a run hangs on one answer.
  function learn(newestFirst: readonly string[]): void {
    const now = monotonicNow();
    for (const [at, newer] of newestFirst.slice(0, mostLearned).entries()) {
      for (const older of newestFirst.slice(at + 1)) {
        set(keyOf(older, newer), { answer: Promise.resolve("yes"), times: 1, until: Infinity });
        set(keyOf(newer, older), {
          ...{ answer: Promise.resolve("no" as const), times: 1, until: now + firstPauseMs },
        });
      }
    }
  }

  // As where it is asked for: it may be one of the two, and then all is said of them.
  function learnCommon(a: string, b: string, common: string): void {
    if (a === b || (common !== a && common !== b)) return;
    const newer = common === a ? b : a;
    for (const [key, found] of [
      [keyOf(common, newer), "yes"],
      [keyOf(newer, common), "never"],
    ] as const) {
      set(key, { answer: Promise.resolve(found), times: 1, until: Infinity });
    }
  }

  function set(key: string, one: Told): void {
    const known = told.peek(key);
    if (known === undefined || known.until < one.until) told.set(key, one);
  }

  return {
    contains,
    learn,
    learnCommon,
    surelyContains: async (commit, descendant) => {
      const first = await contains(commit, descendant);
      const key = keyOf(commit, descendant);
      if (first !== "no" || told.get(key)?.until === Infinity) return first;
      const second = await askAgain(key, commit, descendant);
      return second === "no" ? "no" : "unknown";
    },
  };
}

function answerOf(found: Found): Answer {
  return found === "never" ? "no" : found;
}

function keyOf(commit: string, descendant: string): string {
  return `${commit}..${descendant}`;
}
