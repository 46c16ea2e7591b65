import { readNumber } from "../expressions/numbers.ts";
import type { Value } from "../expressions/values.ts";
import { titled } from "../titled.ts";
import {
  isEmpty,
  PipelineError,
  textOf,
  toData,
  toTexts,
  type Keys,
  type Node,
  type Place,
} from "./node.ts";
import { itemKindOf, listKindOf, type Declaration } from "./parameter-declarations.ts";

/** Brings steps, jobs and stages that are given as a parameter into their normal form. */
export type NormalizeItems = (node: Node, type: string) => Promise<Node>;

type BindOptions = {
  readonly at: Place;
  /** Of mappings that are given. */
  readonly keys: Keys;
  readonly normalize: NormalizeItems;
  /** A template that declares a mapping, or nothing, takes what it does not name as well. */
  readonly open?: boolean;
};

/**
 * The values of a file's parameters: given ones checked against their declared type, the others by
 * default. @throws PipelineError for an unknown, missing or mistyped one.
 */
export async function bindParameters(
  declared: readonly Declaration[],
  given: Node | undefined,
  { at, normalize, keys, open = false }: BindOptions,
): Promise<{ readonly [name: string]: Value }> {
  if (given && given.kind !== "map" && !isEmpty(given)) {
    throw new PipelineError("Expected a mapping", given.at);
  }
  const entries = given?.kind === "map" ? given.entries : [];
  const unknown = entries.find(({ key }) => !declared.some((one) => same(one.name, key)));
  if (unknown && !open)
    throw new PipelineError(`Unexpected parameter '${unknown.key}'`, unknown.at);
  const bound: Record<string, Value> = open
    ? Object.fromEntries(entries.map(({ key, value }) => [key, toTexts(value)]))
    : {};
  for (const one of declared) {
    const found = entries.find(({ key }) => same(one.name, key));
    const node = found?.value ?? one.default ?? emptyOf(one.type, one.at);
    if (!node) {
      throw new PipelineError(`A value for the '${one.name}' parameter must be provided.`, at);
    }
    bound[one.name] = await typed(one, node, { normalize, keys });
  }
  return bound;
}

async function typed(
  one: Declaration,
  node: Node,
  { normalize, keys }: Pick<BindOptions, "normalize" | "keys">,
): Promise<Value> {
  const { name, type, allowed } = one;
  const fault = (what: string) => {
    const shown = node.kind === "scalar" ? ` value '${textOf(node) ?? ""}'` : "";
    return new PipelineError(`The '${name}' parameter${shown} is not ${what}.`, node.at);
  };
  const scalar = (what: string) => {
    if (node.kind !== "scalar") throw fault(what);
    return textOf(node) ?? "";
  };
  const demandAllowed = (text: string) => {
    if (!allowed || allowed.includes(text)) return;
    throw fault(`a valid value: it must be one of ${allowed.join(", ")}`);
  };
  switch (type) {
    case "boolean": {
      const text = scalar("a valid Boolean").toLowerCase();
      if (text !== "true" && text !== "false") throw fault("a valid Boolean");
      return text === "true";
    }
    case "number": {
      const text = scalar("a valid Number");
      const number = readNumber(text);
      if (number === undefined) throw fault("a valid Number");
      if (!allowed?.some((value) => readNumber(value)?.compare(number) === 0)) demandAllowed(text);
      return number;
    }
    case "string": {
      const text = scalar("a valid String");
      demandAllowed(text);
      return text;
    }
    case "stringList": {
      const items = node.kind === "list" ? node.items : isEmptyText(node) ? [] : undefined;
      if (!items?.every((item) => item.kind === "scalar")) throw fault("a valid StringList");
      const texts = items.map((item) => textOf(item) ?? "");
      texts.forEach(demandAllowed);
      return texts;
    }
    case "object":
      return toData(node, keys);
    case "legacy":
    case "legacyObject":
      return toTexts(node);
    default:
      return items(type, node, { fault, normalize, keys });
  }
}

async function items(
  type: string,
  node: Node,
  at: Pick<BindOptions, "normalize" | "keys"> & {
    readonly fault: (what: string) => PipelineError;
  },
): Promise<Value> {
  if (listKindOf(type)) {
    if (isEmptyText(node)) return [];
    if (node.kind !== "list") throw at.fault(`a valid ${titled(type)}`);
    return toData(await at.normalize(node, type), at.keys);
  }
  if (itemKindOf(type)) {
    if (isEmptyText(node)) return "";
    if (node.kind !== "map") throw at.fault(`a valid ${titled(type)}`);
    return toData(await at.normalize(node, type), at.keys);
  }
  // Names of pools, connections, files: texts, or mappings as they stand.
  return toData(node, at.keys);
}

function isEmptyText(node: Node): boolean {
  return node.kind === "scalar" && (node.value === null || node.value === "");
}

// Lists of steps, jobs and stages need not be given.
function emptyOf(type: string, at: Place): Node | undefined {
  return listKindOf(type) || type === "stringList" ? { kind: "list", items: [], at } : undefined;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
