import { LRUCache } from "lru-cache";
import { monotonicNow } from "../../clients/monotonic.ts";

/** What was concluded of letters, by the letter; it is forgotten with the letter. */
export type LetterMemory = {
  /** Nothing is to be read for it now: it was judged for good, or a look at it has just failed. */
  readonly rests: (letter: string) => boolean;
  readonly judged: (letter: string) => void;
  /** A look failed; answers how often in a row. */
  readonly failed: (letter: string) => number;
  readonly size: () => number;
};

type Known = { readonly failures: number; readonly notBefore: number };

// Hostile ones beyond that are judged again, which costs no call.
const most = 20_000;
const longestPauseMs = 10 * 60_000;

/**
 * @param of.keepMs how long a letter is remembered that is seen no more
 * @param of.pauseMs after a first failed look
 */
export function createLetterMemory(
  { keepMs, pauseMs }: { readonly keepMs: number; readonly pauseMs: number },
  now = monotonicNow,
): LetterMemory {
  const letters = new LRUCache<string, Known>({
    ...{ max: most, ttl: keepMs, updateAgeOnGet: true, ttlResolution: 0 },
    perf: { now },
  });
  return {
    rests: (letter) => now() < (letters.get(letter)?.notBefore ?? 0),
    judged: (letter) => void letters.set(letter, { failures: 0, notBefore: Infinity }),
    failed: (letter) => {
      const failures = (letters.peek(letter)?.failures ?? 0) + 1;
      const pause = Math.min(pauseMs * 2 ** (failures - 1), longestPauseMs);
      letters.set(letter, { failures, notBefore: now() + pause });
      return failures;
    },
    size: () => {
      letters.purgeStale();
      return letters.size;
    },
  };
}
