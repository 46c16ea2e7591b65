// Server-side apply, reduced to what one manager does: fields that it named before and no longer
// names go, fields that it names win, everything else stays.
import { isRecord } from "./kube-object.ts";
import { mergeKey } from "./merge-keys.ts";

type Fields = {
  readonly live: unknown;
  /** What this manager applied last; undefined at the first time. */
  readonly previous: unknown;
  readonly next: unknown;
};

/** The object after the apply. Lists of custom resources are atomic. */
export function applyFields(fields: Fields, custom: boolean, field = ""): unknown {
  const { live, previous, next } = fields;
  if (isRecord(next)) return applyRecord({ live, previous, next }, custom);
  if (Array.isArray(next) && !custom) return applyList({ live, previous, next }, field);
  return structuredClone(next);
}

function applyRecord(
  { live, previous, next }: Fields & { readonly next: Record<string, unknown> },
  custom: boolean,
): Record<string, unknown> {
  const result: Record<string, unknown> = isRecord(live) ? structuredClone(live) : {};
  const before = isRecord(previous) ? previous : {};
  for (const key of Object.keys(before)) {
    if (key in next) continue;
    const left = removeOwned(result[key], before[key], key);
    if (left === undefined) delete result[key];
    else result[key] = left;
  }
  for (const [key, value] of Object.entries(next)) {
    result[key] = applyFields(
      { live: result[key], previous: before[key], next: value },
      custom,
      key,
    );
  }
  return result;
}

function applyList(
  { live, previous, next }: Fields & { readonly next: readonly unknown[] },
  field: string,
): unknown[] {
  const key = mergeKey(field, next);
  if (!key) return structuredClone([...next]);
  const keyed = (list: unknown) =>
    new Map(Array.isArray(list) ? list.map((item) => [key(item), item as unknown]) : []);
  const [liveItems, before, wanted] = [keyed(live), keyed(previous), keyed(next)];
  const merged = [...wanted].map(([name, item]) =>
    applyFields({ live: liveItems.get(name), previous: before.get(name), next: item }, false),
  );
  const others = [...liveItems].filter(([name]) => !wanted.has(name) && !before.has(name));
  return [...merged, ...others.map(([, item]) => item)];
}

// What is left of `live` when the owner of `owned` gives it up; undefined for nothing.
function removeOwned(live: unknown, owned: unknown, field: string): unknown {
  if (isRecord(live) && isRecord(owned)) {
    const left = { ...live };
    for (const [key, value] of Object.entries(owned)) {
      const rest = removeOwned(left[key], value, key);
      if (rest === undefined) delete left[key];
      else left[key] = rest;
    }
    return Object.keys(left).length > 0 ? left : undefined;
  }
  if (Array.isArray(live) && Array.isArray(owned)) {
    const key = mergeKey(field, live);
    if (!key) return undefined;
    const names = new Set(owned.map(key));
    const left = live.filter((item) => !names.has(key(item)));
    return left.length > 0 ? left : undefined;
  }
  return undefined;
}
