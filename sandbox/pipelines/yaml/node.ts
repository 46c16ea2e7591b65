import { Decimal } from "../expressions/decimal.ts";
import { Literal } from "../expressions/literal.ts";
import { formatNumber } from "../expressions/numbers.ts";
import { TemplateMap } from "../expressions/template-map.ts";
import { titled } from "../titled.ts";

export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** YAML as the engine reads it: every part knows where it stands. */
export type Node =
  | {
      readonly kind: "scalar";
      readonly value: string | number | boolean | null;
      /** How a number or boolean was spelt. */
      readonly text?: string;
      readonly at: Place;
    }
  | { readonly kind: "list"; readonly items: readonly Node[]; readonly at: Place }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: Place };

export type Entry = { readonly key: string; readonly value: Node; readonly at: Place };
export type MapNode = Extract<Node, { kind: "map" }>;
export type ListNode = Extract<Node, { kind: "list" }>;

/** What is wrong with a pipeline's YAML, with its place, in the service's form. */
export class PipelineError extends Error {
  constructor(message: string, at: Place) {
    super(`${placeOf(at)}: ${message}`);
  }
}

/** `/ci.yml (Line: 3, Col: 5)` */
export function placeOf({ file, line, column }: Place): string {
  return `${file.startsWith("/") ? "" : "/"}${file} (Line: ${line}, Col: ${column})`;
}

export function entry(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.find((one) => one.key === key)?.value : undefined;
}

/** What a list below a key holds; nothing where there is none. */
export function itemsOf(node: Node | undefined, key: string): readonly Node[] {
  const found = entry(node, key);
  return found?.kind === "list" ? found.items : [];
}

/** The text of a scalar; undefined for everything else, also for an empty value. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind !== "scalar" || node.value === null) return undefined;
  return (
    node.text ?? (typeof node.value === "boolean" ? titled(String(node.value)) : String(node.value))
  );
}

export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** Whether keys are found by their exact spelling, as those of a run's own parameters are. */
export type Keys = "exact" | "any case";

/** A node as plain data, as expressions see it. An empty value is an empty text. */
export function toData(node: Node, keys: Keys): DataValue {
  switch (node.kind) {
    case "scalar":
      if (typeof node.value === "number" || typeof node.value === "boolean") {
        return node.text === undefined ? node.value : new Literal(node.value, node.text);
      }
      return node.value ?? "";
    case "list":
      return node.items.map((item) => toData(item, keys));
    case "map": {
      const pairs = node.entries.map(({ key, value }) => [key, toData(value, keys)] as const);
      return keys === "exact" ? new Map(pairs) : new TemplateMap(pairs);
    }
  }
}

/** The same with every value as the text that it is written with: parameters of the old form. */
export function toTexts(node: Node): DataValue {
  switch (node.kind) {
    case "scalar":
      return textOf(node) ?? "";
    case "list":
      return node.items.map(toTexts);
    case "map":
      return new TemplateMap(node.entries.map(({ key, value }) => [key, toTexts(value)]));
  }
}

export type DataValue =
  | string
  | number
  | boolean
  | null
  | Decimal
  | Literal
  | readonly DataValue[]
  | ReadonlyMap<string, DataValue>
  | { readonly [name: string]: DataValue };

export function fromData(data: DataValue | undefined, at: Place): Node {
  if (data instanceof Literal) return { kind: "scalar", value: data.value, text: data.text, at };
  if (data instanceof Decimal) {
    return { kind: "scalar", value: data.toNumber(), text: formatNumber(data), at };
  }
  if (Array.isArray(data)) {
    const items = (data as readonly DataValue[]).map((item) => fromData(item, at));
    return { kind: "list", items, at };
  }
  if (typeof data === "object" && data !== null) {
    const pairs =
      data instanceof Map ? [...(data as Map<string, DataValue>)] : Object.entries(data);
    const entries = pairs.map(([key, value]) => ({
      key,
      value: fromData(value as DataValue, at),
      at,
    }));
    return { kind: "map", entries, at };
  }
  return { kind: "scalar", value: data ?? null, at };
}
