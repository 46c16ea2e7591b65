import { Scalar, stringify } from "yaml";
import { textOf, type Node } from "./node.ts";

/**
 * The pipeline as text, as the service's preview answers it: every scalar is a text, and stands
 * without quotes where it can.
 */
export function writeYaml(root: Node): string {
  return stringify(texts(root), {
    ...{ lineWidth: 0, schema: "failsafe", singleQuote: true, indentSeq: false },
  });
}

function texts(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return textOf(node) || emptyText();
    case "list":
      return node.items.map(texts);
    case "map":
      return new Map(node.entries.map(({ key, value }) => [key, texts(value)]));
  }
}

// Plain it would be read as nothing.
function emptyText(): Scalar {
  const scalar = new Scalar("");
  scalar.type = "QUOTE_SINGLE";
  return scalar;
}
