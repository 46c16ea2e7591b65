// Reading answers of the Kubernetes API: what is missing or of another type counts as absent, so
// that a field which a newer or older Flux writes differently never stops anything.

export type Json = Readonly<Record<string, unknown>>;

const nothing: Json = {};

/** The value as an object; an empty one for anything else. */
export function objectAt(value: unknown, ...path: readonly string[]): Json {
  const found = valueAt(value, path);
  return isObject(found) ? found : nothing;
}

/** @returns undefined unless a text stands there that is not empty. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** @returns undefined unless a finite number stands there. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, path);
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** True only for `true`. */
export function flagAt(value: unknown, ...path: readonly string[]): boolean {
  return valueAt(value, path) === true;
}

/** The list's objects; other entries are left out. */
export function objectsAt(value: unknown, ...path: readonly string[]): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A map of texts, such as labels; other values are left out. */
export function textsAt(
  value: unknown,
  ...path: readonly string[]
): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, ...path)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** The list's texts; other entries are left out. */
export function listAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
}

/** An object, no list and not null. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
