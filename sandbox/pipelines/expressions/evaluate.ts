import { callFunction } from "./functions.ts";
import { ExpressionError, parseExpression, type Expression } from "./parse.ts";
import { property, toText, type Value } from "./values.ts";

export type Scope = {
  /** `variables`, `parameters`, `dependencies`, … */
  readonly names: Readonly<Record<string, Value>>;
  /** Functions that look at the run, e.g. succeeded(). */
  readonly functions?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
};

/** @throws ExpressionError for what cannot be read or is not known. */
export function evaluate(text: string, scope: Scope): Value {
  return valueOf(parseExpression(text), scope);
}

function valueOf(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name": {
      const found = Object.entries(scope.names).find(
        ([name]) => name.toLowerCase() === expression.name.toLowerCase(),
      );
      if (found) return found[1];
      throw new ExpressionError(`${expression.name} is not known here`);
    }
    case "index":
      return property(valueOf(expression.of, scope), valueOf(expression.index, scope));
    case "wildcard":
      return Object.values((valueOf(expression.of, scope) ?? {}) as Record<string, Value>);
    case "call": {
      const args = expression.args.map((argument) => valueOf(argument, scope));
      const special = scope.functions?.[expression.name.toLowerCase()];
      return special ? special(args) : callFunction(expression.name, args);
    }
  }
}

/**
 * Replaces every `${{ … }}` (or `$[ … ]`) of a text. A text that is one expression only gives its
 * value with its type.
 */
export function fill(text: string, scope: Scope): Value {
  const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s.exec(text);
  if (whole) return evaluate(whole[1] ?? "", scope);
  return text.replace(/\$\{\{((?:(?!\}\}).)*)\}\}/gs, (_, inner: string) =>
    toText(evaluate(inner, scope)),
  );
}
