import { isRecord } from "../../../core/manifests/parse.ts";
import type { SchemaNode } from "../../../core/manifests/schema-node.ts";
import { durationValue } from "./rule-environment.ts";

const reserved = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

/** A value of a manifest as rules see it: integers, times and durations by the schema's types. */
export function celValue(value: unknown, node: SchemaNode): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => celValue(item, node.items ?? {}));
  }
  if (isRecord(value)) return mapOf(value, node);
  if (typeof value === "bigint") return node.type === "number" ? Number(value) : value;
  if (typeof value === "number") {
    return node.type !== "number" && Number.isInteger(value) ? BigInt(value) : value;
  }
  return typeof value === "string" ? textOf(value, node) : value;
}

// A Map: hostile keys like `__proto__` and `constructor` mean nothing to it.
function mapOf(value: Record<string, unknown>, node: SchemaNode): ReadonlyMap<string, unknown> {
  const { properties, additionalProperties } = node;
  const isMap = isRecord(additionalProperties);
  const entries = Object.entries(value).flatMap(([key, child]) => {
    const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    const schema = known ?? (isMap ? additionalProperties : {});
    const name = isMap ? key : fieldName(key);
    return name === undefined ? [] : [[name, celValue(child, schema)] as const];
  });
  return new Map(entries);
}

/** How rules write a field: k8s.io/apiserver/pkg/cel Escape; undefined where they cannot. */
function fieldName(key: string): string | undefined {
  if (reserved.has(key)) return `__${key}__`;
  if (!/^[A-Za-z_./-][\w./-]*$/.test(key)) return undefined;
  return key.replace(
    /__|[-./]/g,
    (found) =>
      ({ __: "__underscores__", ".": "__dot__", "-": "__dash__", "/": "__slash__" })[found] ??
      found,
  );
}

function textOf(value: string, { format, "x-kubernetes-int-or-string": either }: SchemaNode) {
  if (either) return value;
  if (format === "duration") return durationValue(value);
  if (format === "date" || format === "date-time") {
    const time = new Date(value);
    if (Number.isNaN(time.getTime())) throw new Error(`${value} is no time`);
    return time;
  }
  return format === "byte" ? Uint8Array.from(Buffer.from(value, "base64")) : value;
}
