import { LRUCache } from "lru-cache";

export type SizedCache<V extends object> = {
  readonly get: (key: string) => V | undefined;
  readonly peek: (key: string) => V | undefined;
  /** @param entries how much it holds; @param ttl ms, absent: for ever */
  readonly set: (key: string, value: V, of?: { entries?: number; ttl?: number }) => void;
  readonly delete: (key: string) => void;
  readonly count: () => number;
};

/**
 * A cache that is bounded by what its values hold, not by their number: those that were not asked for
 * longest go first. The newest few are kept however large they are, since a cache below its working
 * set keeps nothing and costs calls for ever.
 */
export function sizedCache<V extends object>(of: {
  /** Entries of all values together. */
  readonly mostEntries: number;
  /** So many of the newest values are kept in any case. */
  readonly atLeast?: number;
}): SizedCache<V> {
  const { mostEntries, atLeast = 8 } = of;
  const largest = Math.max(1, Math.floor(mostEntries / atLeast));
  const cache = new LRUCache<string, V>({ maxSize: mostEntries });
  return {
    get: (key) => cache.get(key),
    peek: (key) => cache.peek(key),
    set: (key, value, { entries = 1, ttl } = {}) => {
      const size = Math.min(Math.max(1, entries), largest);
      // lru-cache weighs a value once, however often the same one is set.
      if (cache.peek(key) === value) cache.delete(key);
      cache.set(key, value, { size, ...(ttl === undefined ? {} : { ttl }) });
    },
    delete: (key) => void cache.delete(key),
    count: () => cache.size,
  };
}
