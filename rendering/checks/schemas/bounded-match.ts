import { LRUCache } from "lru-cache";
import { bounded } from "./bounded.ts";
import { goPattern } from "./go-pattern.ts";

const cpuMs = 100;
const known = new LRUCache<string, { readonly fits: boolean | undefined }>({ max: 10_000 });

/**
 * Whether a text fits a pattern, within 100 ms of CPU: `^(a+)+$` would otherwise take years. Patterns are
 * Go's (RE2); undefined for one that JavaScript cannot read, or not in time.
 */
export function boundedMatch(text: string, pattern: string): boolean | undefined {
  const key = JSON.stringify([pattern, text]);
  const found = known.get(key);
  if (found) return found.fits;
  const fits = bounded(cpuMs, () => goPattern(pattern)?.test(text))?.result;
  known.set(key, { fits });
  return fits;
}
