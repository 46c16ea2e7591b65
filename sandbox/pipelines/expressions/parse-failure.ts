// What the service says of an expression that it cannot read.
import type { Token } from "./tokenize.ts";
import { ExpressionError } from "./values.ts";

const texts = {
  value: "Unrecognized value",
  symbol: "Unexpected symbol",
  parameters: "Expected '(' to follow function",
  property: "Expected a property name to follow the dereference operator '.'",
  depth: "Exceeded max expression depth 50",
  length: "Exceeded max expression length 21000",
  function: "Unclosed function",
  index: "Unclosed indexer",
} as const;

export function parseFailure(
  expression: string,
  what: keyof typeof texts,
  token: Token | undefined,
): ExpressionError {
  if (!token) {
    return new ExpressionError(
      `${texts[what]}. For more help, refer to https://go.microsoft.com/fwlink/?linkid=842996`,
    );
  }
  return new ExpressionError(
    `${texts[what]}: '${token.text}'. Located at position ${token.at + 1} within expression: ${expression}. For more help, refer to https://go.microsoft.com/fwlink/?linkid=842996`,
  );
}

export function unclosed(expression: string, container: Token): ExpressionError {
  return parseFailure(expression, container.text === "[" ? "index" : "function", container);
}
