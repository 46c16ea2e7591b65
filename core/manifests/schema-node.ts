import { isRecord } from "./parse.ts";

/** The part of JSON Schema that Kubernetes' own kinds and CustomResourceDefinitions use. */
export type SchemaNode = {
  /** Name of a definition. */
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  /** Ours: clusters add words of their own to `enum`. One that looks like none of it is not wrong. */
  readonly "x-fluxgate-open"?: boolean;
  readonly pattern?: string;
  /** `int32`, `int64`, `byte` and `date-time` are checked; rules read times and durations. */
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** In OpenAPI v3 these make the limits exclusive. */
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  /** The value is a whole object of some other type. */
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  /** What the API server writes where the field is absent. */
  readonly default?: unknown;
  /** Whether `null` is a value of its own rather than an absent field. */
  readonly nullable?: boolean;
  readonly "x-kubernetes-validations"?: readonly Rule[];
};

/** One CEL rule of a CustomResourceDefinition. */
export type Rule = {
  readonly rule: string;
  readonly message?: string;
  /** CEL that makes the message; `message` where it cannot. */
  readonly messageExpression?: string;
  /** Field that the message is about, `.spec.size`, below the one that has the rule. */
  readonly fieldPath?: string;
  /** A rule about changes that holds for new objects as well. */
  readonly optionalOldSelf?: boolean;
};

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const isFlag = (value: unknown) => typeof value === "boolean";
const areTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const types = new Set(["object", "array", "string", "integer", "number", "boolean"]);
const formats = new Set(["int32", "int64", "byte", "date-time", "date", "duration"]);

/** Keywords without schemas inside, each with what it must be to count. */
const plain: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => types.has(value as string),
  format: (value) => formats.has(value as string),
  required: areTexts,
  enum: Array.isArray,
  pattern: isText,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isFlag,
  exclusiveMaximum: isFlag,
  multipleOf: isNumber,
  minLength: isNumber,
  maxLength: isNumber,
  minItems: isNumber,
  maxItems: isNumber,
  minProperties: isNumber,
  maxProperties: isNumber,
  "x-kubernetes-preserve-unknown-fields": isFlag,
  "x-kubernetes-embedded-resource": isFlag,
  "x-kubernetes-int-or-string": isFlag,
  "x-kubernetes-list-type": isText,
  "x-kubernetes-list-map-keys": areTexts,
  default: (value) => value !== undefined,
  nullable: isFlag,
};

/**
 * A schema as written, without what is not checked and what is none: a CustomResourceDefinition of
 * a render may hold anything. References are followed only where `definitionOf` gives their
 * definition's name; a CustomResourceDefinition must not have any.
 */
export function schemaNode(
  schema: unknown,
  definitionOf: (reference: string) => string | undefined = () => undefined,
): SchemaNode {
  if (!isRecord(schema)) return {};
  const inner = (value: unknown) => schemaNode(value, definitionOf);
  const reference = soleReference(schema);
  const definition = reference === undefined ? undefined : definitionOf(reference);
  if (definition !== undefined) return { $ref: definition };
  const node: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (Object.hasOwn(plain, key)) {
      if (plain[key]?.(value)) node[key] = value;
    } else if (key === "properties" && isRecord(value)) {
      const entries = Object.entries(value).map(([name, child]) => [name, inner(child)] as const);
      node[key] = Object.fromEntries(entries);
    } else if (key === "items" || key === "not") {
      if (isRecord(value)) node[key] = inner(value);
    } else if (key === "additionalProperties") {
      node[key] = isRecord(value) ? inner(value) : value === true;
    } else if ((key === "anyOf" || key === "allOf" || key === "oneOf") && Array.isArray(value)) {
      if (value.length > 0) node[key] = value.map(inner);
    } else if (key === "x-kubernetes-validations" && Array.isArray(value)) {
      node[key] = value.flatMap(ruleOf);
    }
  }
  return node;
}

function ruleOf(written: unknown): readonly Rule[] {
  if (!isRecord(written)) return [];
  const { rule, message, messageExpression, fieldPath, optionalOldSelf } = written;
  if (typeof rule !== "string" || rule === "") return [];
  const texts = Object.entries({ message, messageExpression, fieldPath }).filter(
    ([, text]) => typeof text === "string" && text !== "",
  );
  return [
    {
      rule,
      ...(Object.fromEntries(texts) as Omit<Rule, "rule" | "optionalOldSelf">),
      ...(optionalOldSelf === true ? { optionalOldSelf } : {}),
    },
  ];
}

function soleReference(schema: Readonly<Record<string, unknown>>): string | undefined {
  const { $ref, allOf } = schema;
  const [only, ...others] = Array.isArray(allOf) ? (allOf as readonly unknown[]) : [];
  const inner = isRecord(only) && others.length === 0 ? only["$ref"] : undefined;
  const reference = $ref ?? inner;
  return typeof reference === "string" ? reference : undefined;
}
