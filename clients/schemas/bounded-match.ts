import { bounded } from "./bounded.ts";
import { goPattern } from "./go-pattern.ts";

const timeoutMs = 100;
const maxKnown = 10_000;
const known = new Map<string, boolean>();

/**
 * Whether a text fits a pattern, within 100 ms: `^(a+)+$` would otherwise take years. Patterns are
 * Go's (RE2); one that JavaScript cannot read, or not in time, is not checked.
 */
export function boundedMatch(text: string, pattern: string): boolean {
  const key = JSON.stringify([pattern, text]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = bounded(timeoutMs, () => goPattern(pattern)?.test(text))?.result ?? true;
  if (known.size >= maxKnown) known.clear();
  known.set(key, answer);
  return answer;
}
