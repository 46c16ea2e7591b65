import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { ExpressionError, toText, type Value } from "../expressions/values.ts";
import { fromData, PipelineError, type DataValue, type Node, type Place } from "./node.ts";
import { readTemplateText, TemplateTextError } from "./template-text.ts";

/** What stands in the place of a text once its expressions are worked out. @throws PipelineError */
export function fillText(text: string, place: Place, scope: Scope): Node {
  if (!text.includes("${{")) return { kind: "scalar", value: text, at: place };
  return atPlace(place, () => {
    const read = readTemplateText(text);
    switch (read.kind) {
      case "literal":
        return { kind: "scalar", value: read.text, at: place };
      case "directive":
        throw new TemplateTextError(
          `The directive '${read.directive}' is not allowed in this context`,
        );
      case "mixed": {
        const texts = read.segments.map(({ kind, text: part }) =>
          kind === "literal" ? part : toText(evaluate(part, scope)),
        );
        return { kind: "scalar", value: texts.join(""), at: place };
      }
      case "expression":
        return valueNode(evaluate(read.expression, scope), place);
    }
  });
}

function valueNode(value: Value, place: Place): Node {
  const data = value instanceof Object && "compare" in value ? toText(value) : value;
  return fromData(data instanceof Date ? toText(data) : (data as DataValue | undefined), place);
}

/** Tells the place of what an expression cannot do. */
export function atPlace<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof TemplateTextError) {
      throw new PipelineError(error.message, place);
    }
    throw error;
  }
}
