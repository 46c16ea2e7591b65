import { isMap, isNode, isScalar, type Document } from "yaml";
import type { PlacedProblem } from "../delivery/schema-problem.ts";

/** Where a key or value stands in the text; of an absent one: where what should hold it does. */
export function offsetOf(
  document: Document.Parsed,
  path: PlacedProblem["path"],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const parent = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}
