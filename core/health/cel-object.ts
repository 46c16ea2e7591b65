import { isRecord } from "../manifests/parse.ts";

const mostValues = 20_000;

const usual = ["metadata", "spec", "status"];

/**
 * An object of the API as CEL sees it: whole numbers are integers. `parts` are there, if empty, so
 * that `has()` can be asked about them.
 * @throws Error for what is too large
 */
export function celObject(
  object: unknown,
  parts: readonly string[] = usual,
): Record<string, unknown> {
  let left = mostValues;
  const copy = (value: unknown): unknown => {
    left -= 1;
    if (left < 0) throw new Error(`the object has more than ${mostValues} values`);
    if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
    if (Array.isArray(value)) return value.map(copy);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copy(one)]));
  };
  const found = copy(object);
  const empty = Object.fromEntries(parts.map((part) => [part, {}]));
  return { ...empty, ...(isRecord(found) ? found : {}) };
}

/** Of all lists and maps in it. */
export function longestList(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce<number>(
      (longest, one) => Math.max(longest, longestList(one)),
      value.length,
    );
  }
  return isRecord(value) ? longestList(Object.values(value)) : 0;
}
