import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { longestExpression } from "../expressions/parse.ts";
import { ExpressionError, toText, type Value } from "../expressions/values.ts";
import { Version } from "../expressions/version.ts";
import { fromData, PipelineError, type DataValue, type Node, type Place } from "./node.ts";
import { readTemplateText, TemplateTextError, type Segment } from "./template-text.ts";

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
        demandLength(read.segments);
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

// The service makes one call of format() of such a text, and that may be as long as any expression.
function demandLength(segments: readonly Segment[]): void {
  const escaped = segments.map(({ kind, text }) =>
    kind === "literal" ? text.replaceAll(/['{}]/g, "$&$&").length : text.length + 5,
  );
  const whole = escaped.reduce((sum, one) => sum + one, "format('')".length);
  const values = segments.filter(({ kind }) => kind === "expression").length;
  if (whole > longestExpression || values > 254) {
    throw new TemplateTextError(
      `Exceeded max expression length ${longestExpression}. For more help, refer to https://go.microsoft.com/fwlink/?linkid=842996`,
    );
  }
}

function valueNode(value: Value, place: Place): Node {
  const isText = value instanceof Version || value instanceof Date;
  return fromData(isText ? toText(value) : (value as DataValue | undefined), place);
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
