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

export function entry(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.find((one) => one.key === key)?.value : undefined;
}

/** The text of a scalar; undefined for everything else, also for an empty value. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind !== "scalar" || node.value === null) return undefined;
  return typeof node.value === "boolean" ? (node.value ? "true" : "false") : String(node.value);
}

export function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
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
