import { JSONPath } from "jsonpath-plus";
import type { Value } from "../expressions/values.ts";

/**
 * Everything in `root` that the path selects; filters are read, never run as JavaScript.
 * @throws for what it cannot read.
 */
export function jsonPath(root: Value, path: string): readonly Value[] {
  if (!path.startsWith("$")) throw new Error(`a JSONPath begins with $, not ${path}`);
  if (typeof root !== "object" || root === null) return path === "$" ? [root] : [];
  return JSONPath<Value[]>({ path, json: root, eval: "safe", wrap: true });
}
