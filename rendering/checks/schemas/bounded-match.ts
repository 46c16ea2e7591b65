import { bounded } from "./bounded.ts";
import { goPattern } from "./go-pattern.ts";

const timeoutMs = 100;
const maxKnown = 10_000;
const known = new Map<string, boolean | undefined>();

/**
 * Whether a text fits a pattern, within 100 ms: `^(a+)+$` would otherwise take years. Patterns are
 * Go's (RE2); undefined for one that JavaScript cannot read, or not in time.
 */
export function boundedMatch(text: string, pattern: string): boolean | undefined {
  const key = JSON.stringify([pattern, text]);
  if (known.has(key)) return known.get(key);
  const answer = bounded(timeoutMs, () => goPattern(pattern)?.test(text))?.result;
  if (known.size >= maxKnown) known.clear();
  known.set(key, answer);
  return answer;
}
