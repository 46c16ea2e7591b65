import { isRecord } from "../manifests/parse.ts";

/** Mappings whose keys are the user's: a null there is a value, as in a chart's values. */
const maps = new Set([
  ...["labels", "annotations", "matchLabels", "nodeSelector", "data", "stringData", "binaryData"],
  ...["limits", "requests", "hard", "selector", "parameters", "substitute", "values"],
]);

/** An object as the API server takes it: a field that is null is not there. The same where none is. */
export function withoutNulls<T>(value: T): T {
  return without(value) as T;
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(without);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const kept = entries
    .filter(([, child]) => child !== null)
    .map(([key, child]) => [key, maps.has(key) ? child : without(child)] as const);
  const isSame =
    kept.length === entries.length && kept.every(([, child], at) => child === entries[at]?.[1]);
  return isSame ? value : Object.fromEntries(kept);
}
