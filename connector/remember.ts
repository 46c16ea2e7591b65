import { sizedCache } from "./sized-cache.ts";

export type RememberOptions<T> = {
  /** Entries of all answers together: what there may be, since a cache below that keeps nothing. */
  readonly mostEntries?: number;
  /** What an answer holds; by default one entry. */
  readonly entriesOf?: (answer: T) => number;
  /** Whether an answer can never change; by default all. Others are asked for again after a while. */
  readonly isFinal?: (answer: T) => boolean;
  /** How long an answer that is not final is kept, ms. */
  readonly keepMs?: number;
};

const usualMost = 20_000;
// What an answer weighs beside its entries: its key, its promise.
const ownWeight = 8;
const usualKeepMs = 30_000;

/**
 * Remembers answers; those that were not asked for longest go first. A failed answer is not kept, and
 * one odd "there is none" is not believed for ever.
 */
export function remember<T>(
  options: RememberOptions<T> = {},
): (key: string, ask: () => Promise<T>) => Promise<T> {
  const { mostEntries = usualMost, entriesOf } = options;
  const { isFinal = () => true, keepMs = usualKeepMs } = options;
  const known = sizedCache<Promise<T>>({ mostEntries });
  return (key, ask) => {
    const found = known.get(key);
    if (found) return found;
    const answer = ask();
    known.set(key, answer);
    answer.then(
      (value) => {
        if (known.peek(key) !== answer) return;
        const entries = entriesOf === undefined ? 1 : ownWeight + entriesOf(value);
        known.set(key, answer, { entries, ...(isFinal(value) ? {} : { ttl: keepMs }) });
      },
      () => known.delete(key),
    );
    return answer;
  };
}
