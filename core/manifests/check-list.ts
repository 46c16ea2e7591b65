import { isRecord } from "./parse.ts";
import type { SchemaNode } from "./schema-node.ts";

/**
 * Entries that a list of type `set` or `map` has twice, as they follow the list's name:
 * `[2] repeats name http`. A server-side apply refuses them.
 */
export function repeatedEntries(
  list: readonly unknown[],
  { items = {}, "x-kubernetes-list-type": type, "x-kubernetes-list-map-keys": keys }: SchemaNode,
  definitions: Readonly<Record<string, SchemaNode>>,
): readonly string[] {
  if (type === "set") return repeated(list, (item) => ({ key: item, shown: shown(item) }));
  if (type !== "map" || !keys) return [];
  const { properties = {} } = items.$ref === undefined ? items : (definitions[items.$ref] ?? {});
  return repeated(list, (item) => {
    if (!isRecord(item)) return undefined;
    const values = keys.map((key) => item[key] ?? properties[key]?.default);
    // A key without a value and without a default is told where the schema demands it.
    if (values.includes(undefined)) return undefined;
    const named = keys.map((key, index) => `${key} ${shown(values[index])}`);
    return { key: values, shown: named.join(", ") };
  });
}

type Entry = { readonly key: unknown; readonly shown: string };

function repeated(
  list: readonly unknown[],
  entryOf: (item: unknown) => Entry | undefined,
): readonly string[] {
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const entry = entryOf(item);
    if (entry === undefined) return [];
    const key = sortedText(entry.key);
    if (seen.has(key)) return [`[${index}] repeats ${entry.shown}`];
    seen.add(key);
    return [];
  });
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return `${inner}n`;
    return isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner;
  });
}

function shown(value: unknown): string {
  return isRecord(value) || Array.isArray(value) ? "an entry" : String(value);
}
