import { fromData, type DataValue, type Node, type Place } from "./node.ts";
import type { Declaration } from "./parameter-declarations.ts";
import { parseYaml } from "./parse-yaml.ts";

const texts = ["string", "number", "boolean"];

/**
 * Parameters of whoever queues a run. The value of one that is no plain text is itself written as
 * text: JSON, or YAML.
 */
export function queuedParameters(
  declared: readonly Declaration[],
  given: Readonly<Record<string, DataValue>>,
  at: Place,
): Node {
  const entries = Object.entries(given).map(([key, value]) => {
    const one = declared.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    const written = typeof value === "string" && one && !texts.includes(one.type);
    return { key, value: written ? read(value, at) : fromData(value, at), at };
  });
  return { kind: "map", entries, at };
}

function read(text: string, at: Place): Node {
  return text.trim() === "" ? { kind: "scalar", value: "", at } : parseYaml(text, at.file);
}
