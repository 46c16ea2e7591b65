import { PipelineError, type Entry, type MapNode, type Node } from "./node.ts";

/** A mapping whose keys are all known; what is not fails with its place. */
export type Fields = {
  readonly node: MapNode;
  readonly text: (key: string) => string | undefined;
  readonly child: (key: string) => Node | undefined;
  readonly list: (key: string) => readonly Node[];
  readonly texts: (key: string) => readonly string[] | undefined;
  readonly map: (key: string) => readonly Entry[];
};

/** @throws PipelineError for the first key that the sandbox does not know. */
export function readFields(node: Node, what: string, known: readonly string[]): Fields {
  if (node.kind !== "map") throw new PipelineError(`${what} must be a mapping`, node.at);
  const unknown = node.entries.find(({ key }) => !known.includes(key));
  if (unknown) {
    throw new PipelineError(`the sandbox does not know \`${unknown.key}\` in ${what}`, unknown.at);
  }
  const get = (key: string) => node.entries.find((one) => one.key === key)?.value;
  return {
    node,
    child: get,
    text: (key) => {
      const value = get(key);
      if (value === undefined || (value.kind === "scalar" && value.value === null))
        return undefined;
      if (value.kind === "scalar") return String(value.value);
      throw new PipelineError(`${key} must be a text`, value.at);
    },
    list: (key) => {
      const value = get(key);
      if (value === undefined || (value.kind === "scalar" && value.value === null)) return [];
      if (value.kind === "list") return value.items;
      throw new PipelineError(`${key} must be a list`, value.at);
    },
    texts: (key) => {
      const value = get(key);
      if (value === undefined) return undefined;
      if (value.kind === "scalar") return value.value === null ? [] : [String(value.value)];
      if (value.kind === "list") {
        return value.items.map((item) => (item.kind === "scalar" ? String(item.value) : ""));
      }
      throw new PipelineError(`${key} must be a text or a list`, value.at);
    },
    map: (key) => {
      const value = get(key);
      if (value === undefined || (value.kind === "scalar" && value.value === null)) return [];
      if (value.kind === "map") return value.entries;
      throw new PipelineError(`${key} must be a mapping`, value.at);
    },
  };
}
