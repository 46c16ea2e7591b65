import { elementsOf, property } from "./collections.ts";
import { findFunction } from "./functions.ts";
import { parseExpression, type Expression } from "./parse.ts";
import { ExpressionError, toText, type Names, type Value } from "./values.ts";

export type Scope = {
  /** `variables`, `parameters`, `dependencies`, … */
  readonly names: Names;
  /** Functions that look at the run, e.g. succeeded(), by lower-case name. */
  readonly functions?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
  /** Names of which every key that is asked for must be there. */
  readonly strict?: readonly string[];
};

/** @throws ExpressionError for what cannot be read or is not known. */
export function evaluate(text: string, scope: Scope): Value {
  if (text.trim() === "") return undefined;
  return valueOf(parseExpression(text.trim()), scope);
}

/** @throws ExpressionError */
export function valueOf(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "name": {
      const found = property(scope.names, expression.name);
      if (found) return found.value;
      throw new ExpressionError(`Unrecognized value: '${expression.name}'`);
    }
    case "index":
    case "wildcard":
      return path(expression, scope).value;
    case "call":
      return call(expression, scope);
  }
}

// Behind a `*` the rest of the path is applied to each element (documents: filtered arrays).
function path(expression: Expression, scope: Scope): { value: Value; many: boolean } {
  if (expression.kind === "wildcard") {
    const { value, many } = path(expression.of, scope);
    const all = many ? elementsOf(value).flatMap(elementsOf) : elementsOf(value);
    return { value: all, many: true };
  }
  if (expression.kind !== "index") return { value: valueOf(expression, scope), many: false };
  const { value, many } = path(expression.of, scope);
  const index = valueOf(expression.index, scope);
  if (many) {
    const found = elementsOf(value).map((one) => property(one, index));
    return { value: found.filter((one) => one !== undefined).map((one) => one.value), many };
  }
  const found = property(value, index);
  if (!found && isStrict(expression.of, scope)) {
    throw new ExpressionError(`Key not found '${toText(index)}'`);
  }
  return { value: found?.value, many };
}

function isStrict(of: Expression, { strict = [] }: Scope): boolean {
  return of.kind === "name" && strict.includes(of.name.toLowerCase());
}

function call({ name, args }: Extract<Expression, { kind: "call" }>, scope: Scope): Value {
  const special = scope.functions?.[name.toLowerCase()];
  if (special) return special(args.map((one) => valueOf(one, scope)));
  const found = findFunction(name);
  if (!found) throw new ExpressionError(`Unrecognized value: '${name}'`);
  if (args.length < found.least || args.length > found.most) {
    throw new ExpressionError(`Unexpected number of arguments of ${name}: ${args.length}`);
  }
  return found.call(...args.map((one) => () => valueOf(one, scope)));
}
