import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from "yaml";

export type Place = { readonly file: string; readonly line: number };

/** YAML as the engine reads it: every part knows where it stands. */
export type Node =
  | {
      readonly kind: "scalar";
      readonly value: string | number | boolean | null;
      readonly at: Place;
    }
  | { readonly kind: "list"; readonly items: readonly Node[]; readonly at: Place }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: Place };

export type Entry = { readonly key: string; readonly value: Node; readonly at: Place };
export type MapNode = Extract<Node, { kind: "map" }>;

/** What is wrong with a pipeline's YAML, with its place. */
export class PipelineError extends Error {
  constructor(message: string, at: Place) {
    super(`${at.file}:${at.line}: ${message}`);
  }
}

/** @throws PipelineError at the first thing that is no YAML. */
export function parseYaml(text: string, file: string): Node {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new PipelineError(error.message.split("\n")[0] ?? "", { file, line });
  }
  const place = (node: YamlNode | null | undefined): Place => ({
    file,
    line: node?.range ? lines.linePos(node.range[0]).line : 1,
  });
  function convert(node: YamlNode | null | undefined): Node {
    const at = place(node);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => ({
        key: String(isScalar(key) ? key.value : key),
        value: convert(value as YamlNode | null),
        at: place(key as YamlNode),
      }));
      return { kind: "map", entries, at };
    }
    if (isSeq(node)) {
      return { kind: "list", items: node.items.map((item) => convert(item as YamlNode)), at };
    }
    const value = isScalar(node) ? (node.value as string | number | boolean | null) : null;
    return { kind: "scalar", value, at };
  }
  return convert(document.contents);
}

export function entry(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.find((one) => one.key === key)?.value : undefined;
}

/** A node as plain data, as expressions see it. */
export function toData(node: Node): DataValue {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toData);
    case "map":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toData(value)]));
  }
}

export type DataValue =
  string | number | boolean | null | readonly DataValue[] | { readonly [name: string]: DataValue };

export function fromData(data: DataValue | undefined, at: Place): Node {
  if (Array.isArray(data)) {
    const items = (data as readonly DataValue[]).map((item) => fromData(item, at));
    return { kind: "list", items, at };
  }
  if (typeof data === "object" && data !== null) {
    const entries = Object.entries(data as Record<string, DataValue>).map(([key, value]) => ({
      key,
      value: fromData(value, at),
      at,
    }));
    return { kind: "map", entries, at };
  }
  return { kind: "scalar", value: data ?? null, at };
}
