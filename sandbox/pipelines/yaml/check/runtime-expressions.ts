// Conditions and `$[ … ]` are worked out while a run runs; that they can be read, and use only what
// there is, is known before.
import { parseExpression, type Known } from "../../expressions/parse.ts";
import { atPlace } from "../fill-text.ts";
import { textOf, type Node } from "../node.ts";

const any = { least: 0, most: Number.MAX_SAFE_INTEGER };
const none = { least: 0, most: 0 };
const status = {
  ...{ always: none, canceled: none, failed: any, succeeded: any, succeededorfailed: any },
};
// Only templates split texts.
const without = ["split"];
const names = ["variables", "pipeline", "dependencies", "stageDependencies"];
const values: Known = {
  names: ["variables", "resources", "pipeline", "dependencies", "stageDependencies"],
  functions: { counter: { least: 0, most: 2 } },
  without,
};

/**
 * A step's condition is the agent's: of it only the syntax is looked at, what it names is known when
 * the step begins (the vendor's open library validates it so). @throws PipelineError
 */
export function checkCondition(node: Node | undefined, of: "stage" | "job" | "step"): void {
  const text = textOf(node);
  if (node === undefined || text === undefined || text.trim() === "") return;
  const known = of === "step" ? undefined : { names, functions: status, without };
  atPlace(node.at, () => parseExpression(text.trim(), known));
}

/** A text that may be `$[ … ]`. @throws PipelineError */
export function checkRuntimeValue(node: Node | undefined): void {
  const [, expression] = /^\$\[(.*)\]$/s.exec(textOf(node) ?? "") ?? [];
  if (node === undefined || expression === undefined || expression.trim() === "") return;
  atPlace(node.at, () => parseExpression(expression.trim(), values));
}
