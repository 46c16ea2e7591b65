import { isRecord } from "../manifests/parse.ts";

/** Deep equality of two values of YAML; the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/** The same of both sides of a change. */
export function bothOf<Side, T>(before: Side, after: Side, find: (side: Side) => T) {
  return [find(before), find(after)] as const;
}

/** One text for equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isRecord(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  return JSON.stringify(value) ?? "null";
}

/** The value at `spec.template.spec`; undefined where a step is missing. */
export function valueAt(value: unknown, field: string): unknown {
  let at = value;
  for (const key of stepsOf(field)) {
    if (!isRecord(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

// Rules ask for the same fields at every object. Some of them are keys that stand there, hence a bound.
const knownSteps = new Map<string, readonly string[]>();
const mostKnown = 1_000;

function stepsOf(field: string): readonly string[] {
  const known = knownSteps.get(field);
  if (known !== undefined) return known;
  const steps = field.split(".");
  if (knownSteps.size < mostKnown) knownSteps.set(field, steps);
  return steps;
}

/** The items of a list as texts; none where there is no list. */
export function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** A scalar as it reads in a sentence; anything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : canonical(value);
}
