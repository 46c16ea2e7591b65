import { LRUCache } from "lru-cache";
import type { GoPatterns } from "../core/render/snippets.ts";

const known = new LRUCache<string, { readonly matches: ((text: string) => boolean) | undefined }>({
  max: 1_000,
});

/**
 * Go's regular expressions, which take time by the length of the text only; loaded where somebody
 * needs them, since most renders do not.
 */
export async function loadGoPatterns(): Promise<GoPatterns> {
  // Eager: a pipeline task is one file.
  const { RE2JS } = await import(/* webpackMode: "eager" */ "re2js");
  return (expression) => {
    const found = known.get(expression);
    if (found) return found.matches;
    let matches: ((text: string) => boolean) | undefined;
    try {
      const compiled = RE2JS.compile(expression);
      matches = (text) => compiled.matches(text);
    } catch {
      matches = undefined;
    }
    known.set(expression, { matches });
    return matches;
  };
}
