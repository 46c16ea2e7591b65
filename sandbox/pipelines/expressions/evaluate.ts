import { callFunction } from "./functions.ts";
import { ExpressionError, parseExpression, type Expression } from "./parse.ts";
import { isCollection, property, toBoolean, toText, type Value } from "./values.ts";

export type Scope = {
  /** `variables`, `parameters`, `dependencies`, … */
  readonly names: Readonly<Record<string, Value>>;
  /** Functions that look at the run, e.g. succeeded(), by lower-case name. */
  readonly functions?: Readonly<Record<string, (args: readonly Value[]) => Value>>;
};

/** @throws ExpressionError for what cannot be read or is not known. */
export function evaluate(text: string, scope: Scope): Value {
  if (text.trim() === "") return undefined;
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
      throw new ExpressionError(`Unrecognized value: '${expression.name}'`);
    }
    case "index":
    case "wildcard": {
      const { value, many } = path(expression, scope);
      return many ? (value as readonly Value[]).filter((one) => one !== undefined) : value;
    }
    case "call":
      return call(expression, scope);
  }
}

// Behind a `*` the rest of the path is applied to each element (documents: filtered arrays).
function path(expression: Expression, scope: Scope): { value: Value; many: boolean } {
  if (expression.kind === "wildcard") {
    const { value, many } = path(expression.of, scope);
    const all = many ? (value as readonly Value[]).flatMap(elements) : elements(value);
    return { value: all, many: true };
  }
  if (expression.kind !== "index") return { value: valueOf(expression, scope), many: false };
  const { value, many } = path(expression.of, scope);
  const index = valueOf(expression.index, scope);
  return many
    ? { value: (value as readonly Value[]).map((one) => property(one, index)), many }
    : { value: property(value, index), many };
}

function elements(value: Value): readonly Value[] {
  return isCollection(value) ? Object.values(value as Record<string, Value>) : [];
}

// `and`, `or` and `iif` do not look at what does not matter any more.
function call({ name, args }: Extract<Expression, { kind: "call" }>, scope: Scope): Value {
  const lower = name.toLowerCase();
  const special = scope.functions?.[lower];
  const of = (one: Expression) => valueOf(one, scope);
  if (special) return special(args.map(of));
  if (args.length >= 2 && lower === "and") return args.every((one) => toBoolean(of(one)));
  if (args.length >= 2 && lower === "or") return args.some((one) => toBoolean(of(one)));
  return callFunction(name, args.map(of));
}

const inside = /\$\{\{((?:'(?:[^']|'')*'|(?!\}\})[^'])*)\}\}/gs;

/**
 * Replaces every `${{ … }}` of a text. A text that is one expression only gives its value with
 * its type.
 */
export function fill(text: string, scope: Scope): Value {
  const trimmed = text.trim();
  const [first] = trimmed.matchAll(inside);
  if (first?.[0] === trimmed) return evaluate(first[1] ?? "", scope);
  return text.replace(inside, (_, inner: string) => toText(evaluate(inner, scope)));
}
