import { isScalar, visit } from "yaml";
import type { Document } from "yaml";

/**
 * Where a mapping names a key again; undefined when none does. The parser's own check compares each
 * key with each: a minute for 80,000 keys.
 */
export function repeatedKey(
  document: Document.Parsed,
): { readonly key: string; readonly offset: number } | undefined {
  let found: { key: string; offset: number } | undefined;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = { key: String(key.value), offset: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}
