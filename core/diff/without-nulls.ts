import { isRecord } from "../manifests/parse.ts";

/** Mappings whose keys are the user's: a null there is a value. */
export const userMaps: ReadonlySet<string> = new Set([
  ...["labels", "annotations", "matchLabels", "nodeSelector", "data", "stringData", "binaryData"],
  ...["limits", "requests", "hard", "selector", "parameters", "substitute", "scopes", "overhead"],
  // In a chart's values it takes the chart's default away.
  ...["capacity", "volumeAttributes", "podFixed", "values"],
]);

/** An object as the API server takes it: a field that is null is not there. The same where none is. */
export function withoutNulls<T>(value: T): T {
  return holdsNull(value) ? (without(value) as T) : value;
}

// Of most objects nothing is made.
function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNull);
  if (!isRecord(value)) return false;
  return Object.keys(value).some(
    (key) => value[key] === null || (!userMaps.has(key) && holdsNull(value[key])),
  );
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([key, child]) => [key, userMaps.has(key) ? child : without(child)]),
  );
}
