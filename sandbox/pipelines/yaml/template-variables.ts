import type { Scope } from "../expressions/evaluate.ts";
import type { Names, Value } from "../expressions/values.ts";
import { entry, textOf, type Node } from "./node.ts";

/** The scope with the variables that this `variables` block gives literal values. */
export function withVariables(scope: Scope, block: Node): Scope {
  const known = new Map<string, Value>(Object.entries((scope.names["variables"] ?? {}) as Names));
  const set = (name: string, value: Value) => {
    // Names differ in more than their case, or are the same.
    for (const key of known.keys()) {
      if (key.toLowerCase() === name.toLowerCase()) known.delete(key);
    }
    known.set(name, value);
  };
  if (block.kind === "map") {
    for (const { key, value } of block.entries) set(key, textOf(value) ?? "");
  }
  for (const item of block.kind === "list" ? block.items : []) {
    const name = textOf(entry(item, "name"));
    if (name !== undefined) set(name, textOf(entry(item, "value")) ?? "");
  }
  return { ...scope, names: { ...scope.names, variables: Object.fromEntries(known) } };
}

/** A branch's scope with the variables that are known by now: an earlier round may have set some. */
export function withKnownOf(scope: Scope, now: Scope): Scope {
  const { variables } = now.names;
  return variables === undefined ? scope : { ...scope, names: { ...scope.names, variables } };
}
