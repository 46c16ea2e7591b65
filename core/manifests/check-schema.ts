import { nearestWord } from "../nearest-word.ts";
import { repeatedEntries } from "./check-list.ts";
import { numberProblems, textProblems } from "./check-scalar.ts";
import type { Matches } from "./check-scalar.ts";
import { isRecord } from "./parse.ts";
import type { SchemaNode } from "./schema-node.ts";

export type Definitions = Readonly<Record<string, SchemaNode>>;

export type SchemaContext = {
  readonly definitions: Definitions;
  readonly matches: Matches;
  /** SOPS encrypted values of it, which may be anything once they are decrypted. */
  readonly encrypted?: boolean;
  /** A Secret: no value of it is named. */
  readonly secret?: boolean;
  /** Whether a text stands for a value that nobody knows yet, of whatever type. */
  readonly isOpen?: (text: string) => boolean;
  /** Told of each field whose pattern cannot be read, or not in time. */
  readonly onUnread?: (message: string) => void;
};

/** Quantities and int-or-string, as resource.Quantity of Kubernetes reads them. */
const quantity = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE])?$/;
const quantityName = "io.k8s.apimachinery.pkg.api.resource.Quantity";
const embedded = new Set(["apiVersion", "kind", "metadata"]);
const maxProblems = 20;

/**
 * What is wrong with a value by its schema, each as `spec.replicas must be an integer, not "3"`.
 * Strict: a field that the schema does not name is wrong (a server-side apply refuses it). `null`
 * counts as absent, as the API server has it. CEL rules: see {@link rulesFor} of schema-rules.ts.
 */
export function checkSchema(
  value: unknown,
  schema: SchemaNode,
  context: SchemaContext,
): readonly string[] {
  const { definitions, encrypted = false, secret = false, isOpen, onUnread } = context;
  const found: string[] = [];
  check(value, schema, "");
  return found.slice(0, maxProblems);

  function check(at: unknown, node: SchemaNode, path: string): void {
    if (found.length >= maxProblems) return;
    if (encrypted && typeof at === "string" && at.startsWith("ENC[")) return;
    if (typeof at === "string" && isOpen?.(at)) return;
    if (node.$ref !== undefined) {
      if (node.$ref === quantityName) checkQuantity(at, path);
      else if (definitions[node.$ref]) check(at, definitions[node.$ref] ?? {}, path);
      return;
    }
    if (node["x-kubernetes-int-or-string"]) {
      if (typeof at !== "string" && !isWhole(at)) say(path, `must be an integer or a text`, at);
      return;
    }
    if (!isOfType(at, node.type)) {
      say(path, `must be ${typeNames[node.type ?? "object"]}`, at);
      return;
    }
    if (node.enum && !node.enum.includes(at) && !isAdded(at, node)) {
      say(path, `must be one of ${node.enum.map(String).join(", ")}`, at);
    }
    if (typeof at === "string") {
      for (const message of textProblems(at, node, matchesAt(path))) say(path, message, at);
    } else if (typeof at === "number" || typeof at === "bigint") {
      for (const message of numberProblems(at, node)) say(path, message, at);
    }
    if (Array.isArray(at)) checkList(at, node, path);
    else if (isRecord(at)) checkMapping(at, node, path);
    checkCombinations(at, node, path);
  }

  function matchesAt(path: string): Matches {
    return (text, pattern) => {
      const answer = context.matches(text, pattern);
      if (answer === undefined) onUnread?.(`${path}: the pattern ${pattern} was not checked`);
      return answer;
    };
  }

  function checkMapping(at: Record<string, unknown>, node: SchemaNode, path: string): void {
    const { properties, additionalProperties, required = [] } = node;
    const { minProperties = 0, maxProperties = Infinity } = node;
    const count = Object.keys(at).length;
    if (count < minProperties) say(path, `must have at least ${minProperties} keys`, count);
    if (count > maxProperties) say(path, `must have at most ${maxProperties} keys`, count);
    const open = node["x-kubernetes-preserve-unknown-fields"] ?? false;
    for (const name of required) {
      if (at[name] === undefined || at[name] === null)
        found.push(`${inside(path, name)} is missing`);
    }
    for (const [key, child] of Object.entries(at)) {
      if (child === null) continue;
      const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (known) check(child, known, inside(path, key));
      else if (isRecord(additionalProperties))
        check(child, additionalProperties, inside(path, key));
      else if (node["x-kubernetes-embedded-resource"] && embedded.has(key)) continue;
      else if (properties && !open && additionalProperties !== true)
        unknownField(key, properties, { at, path });
    }
  }

  function unknownField(
    key: string,
    properties: Readonly<Record<string, unknown>>,
    { at, path }: { readonly at: Readonly<Record<string, unknown>>; readonly path: string },
  ): void {
    const near = nearestWord(key, Object.keys(properties));
    // Of the object itself: a spec or data that the kind needs, though no schema says so.
    const lacking = path === "" && at[near ?? ""] === undefined ? ", which is missing" : "";
    const choice = near === undefined ? "" : `: did you mean "${near}"${lacking}?`;
    found.push(`${inside(path, key)} is no known field${choice}`);
  }

  function checkList(at: readonly unknown[], node: SchemaNode, path: string): void {
    const { items, minItems = 0, maxItems = Infinity } = node;
    if (at.length < minItems) say(path, `must have at least ${minItems} entries`, at.length);
    if (at.length > maxItems) say(path, `must have at most ${maxItems} entries`, at.length);
    if (items) at.forEach((item, index) => check(item, items, `${path}[${index}]`));
    for (const each of repeatedEntries(at, node, definitions)) found.push(`${path}${each}`);
  }

  function checkCombinations(at: unknown, node: SchemaNode, path: string): void {
    for (const each of node.allOf ?? []) check(at, partial(each), path);
    const fits = (each: SchemaNode) => checkSchema(at, partial(each), context).length === 0;
    if (node.anyOf && !node.anyOf.some(fits)) say(path, "fits none of the allowed forms", at);
    if (node.oneOf && node.oneOf.filter(fits).length !== 1) {
      say(path, "must have exactly one of the allowed forms", at);
    }
    if (node.not && fits(node.not)) say(path, "has a form that is not allowed", at);
  }

  function checkQuantity(at: unknown, path: string): void {
    const fine = typeof at === "number" || (typeof at === "string" && quantity.test(at));
    if (!fine) say(path, 'must be a quantity like "100m" or "64Mi"', at);
  }

  function say(path: string, message: string, at: unknown): void {
    const text = typeof at === "bigint" ? String(at) : JSON.stringify(at);
    const shown = typeof at === "object" || secret ? "" : `, not ${text.slice(0, 60)}`;
    found.push(`${path === "" ? "the object" : path} ${message}${shown}`);
  }
}

const typeNames: Readonly<Record<NonNullable<SchemaNode["type"]>, string>> = {
  object: "a mapping",
  array: "a list",
  string: "a text",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
};

function isOfType(value: unknown, type: SchemaNode["type"]): boolean {
  switch (type) {
    case undefined:
      return true;
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value);
    case "string":
      return typeof value === "string";
    case "integer":
      return isWhole(value);
    case "number":
      return typeof value === "number" || typeof value === "bigint";
    case "boolean":
      return typeof value === "boolean";
  }
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value) || typeof value === "bigint";
}

// A branch of allOf, anyOf or oneOf names only some fields: the others are no business of it.
function partial(node: SchemaNode): SchemaNode {
  return { ...node, "x-kubernetes-preserve-unknown-fields": true };
}

function inside(path: string, key: string): string {
  const plain = /^[\w-]+$/.test(key);
  if (!plain) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isAdded(word: unknown, node: SchemaNode): boolean {
  if (node["x-fluxgate-open"] !== true || typeof word !== "string") return false;
  return /^[A-Z]\w+$/.test(word) && nearestWord(word, (node.enum ?? []).map(String)) === undefined;
}
