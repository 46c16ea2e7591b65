import { isRecord } from "./parse.ts";
import type { Rule, SchemaNode } from "./schema-node.ts";

/** One rule at one place of an object. */
export type RuleUse = {
  readonly rule: Rule;
  /** What it calls `self`. */
  readonly value: unknown;
  readonly schema: SchemaNode;
  /** `spec.listeners[0]`; empty for the whole object. */
  readonly path: string;
};

export type RuleVerdict =
  | { readonly is: "kept" }
  | { readonly is: "broken"; readonly message: string }
  | { readonly is: "not checked"; readonly reason: string };

/** Judges uses of rules, in their order; ends in bounded time. */
export type JudgeRules = (uses: readonly RuleUse[]) => readonly RuleVerdict[];

/** The rules of a schema that apply to a new object, as its defaults have completed it. */
export function rulesFor(value: unknown, node: SchemaNode, path = ""): readonly RuleUse[] {
  if (!holdsRules(node) || value === null || value === undefined) return [];
  const own = (node["x-kubernetes-validations"] ?? [])
    .filter((rule) => !isTransition(rule))
    .map((rule) => ({ rule, value, schema: node, path }));
  const { items, properties = {}, additionalProperties } = node;
  if (Array.isArray(value)) {
    if (!items) return own;
    return [...own, ...value.flatMap((item, index) => rulesFor(item, items, `${path}[${index}]`))];
  }
  if (!isRecord(value)) return own;
  const below = Object.entries(value).flatMap(([key, child]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    return isRecord(schema) ? rulesFor(child, schema, path === "" ? key : `${path}.${key}`) : [];
  });
  return [...own, ...below];
}

/** A rule about a change: there is none when an object is new. */
function isTransition({ rule, optionalOldSelf = false }: Rule): boolean {
  const withoutTexts = rule.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  return !optionalOldSelf && /\boldSelf\b/.test(withoutTexts);
}

const known = new WeakMap<SchemaNode, boolean>();

function holdsRules(node: SchemaNode): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const { items, properties, additionalProperties } = node;
  const children = [...Object.values(properties ?? {}), items, additionalProperties];
  const holds =
    (node["x-kubernetes-validations"] ?? []).length > 0 ||
    children.some((child) => isRecord(child) && holdsRules(child));
  known.set(node, holds);
  return holds;
}
