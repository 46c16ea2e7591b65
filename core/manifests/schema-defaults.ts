import { isRecord } from "./parse.ts";
import type { SchemaNode } from "./schema-node.ts";

/**
 * A custom resource as the API server sees it before it looks at anything: with the defaults of its
 * schema, also in place of a `null` that the schema does not allow. One without a default, which a
 * server-side apply refuses, counts as absent here: other ways to apply drop it.
 */
export function withSchemaDefaults(value: unknown, node: SchemaNode): unknown {
  if (!changes(node)) return value;
  if (Array.isArray(value)) {
    const { items } = node;
    return items ? value.map((item: unknown) => withSchemaDefaults(item, items)) : value;
  }
  if (!isRecord(value)) return value;
  const { properties = {}, additionalProperties } = node;
  const filled: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (!isRecord(schema)) setOwn(filled, key, child);
    else if (child !== null || schema.nullable === true) {
      setOwn(filled, key, withSchemaDefaults(child, schema));
    }
  }
  for (const [key, schema] of Object.entries(properties)) {
    if (schema.default === undefined || Object.hasOwn(filled, key)) continue;
    setOwn(filled, key, withSchemaDefaults(schema.default, schema));
  }
  return filled;
}

const known = new WeakMap<SchemaNode, boolean>();

// Kubernetes' own kinds have no defaults here, and are not copied.
function changes(node: SchemaNode): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const { items, properties, additionalProperties } = node;
  const inner = [...Object.values(properties ?? {}), items, additionalProperties].filter(isRecord);
  const does = inner.some((child) => child["default"] !== undefined || changes(child));
  known.set(node, does);
  return does;
}

// A key of a hostile object may be `__proto__`.
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
