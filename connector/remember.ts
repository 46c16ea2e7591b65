import { LRUCache } from "lru-cache";

export type RememberOptions<T> = {
  /** Sized by what there may be, not by what is usual: a cache below its working set keeps nothing. */
  readonly most?: number;
  /** Whether an answer can never change; by default all. Others are asked for again after a while. */
  readonly isFinal?: (answer: T) => boolean;
  /** How long an answer that is not final is kept, ms. */
  readonly keepMs?: number;
};

const usualMost = 20_000;
const usualKeepMs = 30_000;

/**
 * Remembers answers; those that were not asked for longest go first. A failed answer is not kept, and
 * one odd "there is none" is not believed for ever.
 */
export function remember<T>(
  options: RememberOptions<T> = {},
): (key: string, ask: () => Promise<T>) => Promise<T> {
  const { most = usualMost, isFinal = () => true, keepMs = usualKeepMs } = options;
  const known = new LRUCache<string, Promise<T>>({ max: most });
  return (key, ask) => {
    const found = known.get(key);
    if (found) return found;
    const answer = ask();
    known.set(key, answer);
    answer.then(
      (value) => {
        if (!isFinal(value) && known.peek(key) === answer) known.set(key, answer, { ttl: keepMs });
      },
      () => known.delete(key),
    );
    return answer;
  };
}
