import { isRecord } from "../manifests/parse.ts";

export type FieldDifference = {
  /** `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** `spec.replicas: 2 → 3`, or without the values where they may be secret. */
  readonly text: (values: boolean) => string;
};

/** The fields in which two values differ, the order of keys aside. */
export function differentFields(a: unknown, b: unknown, path = ""): readonly FieldDifference[] {
  if (Object.is(a, b)) return [];
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, index) => differentFields(item, b[index], `${path}[${index}]`));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) =>
      differentFields(a[key], b[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return [{ path, text: (values) => (values ? `${path}: ${shown(a)} → ${shown(b)}` : path) }];
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return String(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
