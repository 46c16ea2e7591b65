import { stringify } from "yaml";
import { textOf, type Node } from "./node.ts";

/**
 * The pipeline as text, as the service's preview answers it: every scalar is a text, and stands
 * without quotes where it can.
 */
export function writeYaml(root: Node): string {
  return stringify(texts(root), { lineWidth: 0, schema: "failsafe", singleQuote: true });
}

function texts(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return textOf(node) ?? "";
    case "list":
      return node.items.map(texts);
    case "map":
      return new Map(node.entries.map(({ key, value }) => [key, texts(value)]));
  }
}
