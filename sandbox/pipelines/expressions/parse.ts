// The expression language of pipelines: https://learn.microsoft.com/azure/devops/pipelines/process/expressions
import { findFunction, type Arity } from "./functions.ts";
import { parseFailure, unclosed } from "./parse-failure.ts";
import { tokenize, type Token } from "./tokenize.ts";
import { Decimal } from "./decimal.ts";
import { Version } from "./version.ts";

export type Expression =
  | { readonly kind: "literal"; readonly value: string | boolean | Decimal | Version }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
  | { readonly kind: "wildcard"; readonly of: Expression }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

/** Which names an expression may use. Absent: any name, and any function with any arguments. */
export type Known = {
  readonly names: readonly string[];
  /** Besides those that every expression has, by lower-case name. */
  readonly functions?: Readonly<Record<string, Arity>>;
  /** Of those that every expression has, by lower-case name. */
  readonly without?: readonly string[];
};

const deepest = 50;
export const longestExpression = 21_000;

/** @throws ExpressionError that says what stands where it must not */
export function parseExpression(text: string, known?: Known): Expression {
  if (text.length > longestExpression) throw parseFailure(text, "length", undefined);
  const tokens = tokenize(text);
  const open: Token[] = [];
  let at = 0;

  function unexpected(token: Token | undefined): Error {
    const [container] = open.slice(-1);
    if (token) return parseFailure(text, token.kind === "unknown" ? "value" : "symbol", token);
    return container ? unclosed(text, container) : parseFailure(text, "property", tokens.at(-1));
  }
  function sign(text: string): boolean {
    const token = tokens[at];
    return token?.kind === "sign" && token.text === text;
  }
  function enter(token: Token): void {
    open.push(token);
    if (open.length >= deepest) throw parseFailure(text, "depth", undefined);
  }

  function value(): Expression {
    const token = tokens[at];
    if (!token) throw unexpected(token);
    at += 1;
    switch (token.kind) {
      case "string":
        return { kind: "literal", value: token.text.slice(1, -1).replaceAll("''", "'") };
      case "number":
        return { kind: "literal", value: numberOf(token) };
      case "version":
        return { kind: "literal", value: Version.of(token.text) };
      case "word":
        return sign("(") ? call(token) : word(token);
      case "property":
      case "sign":
      case "unknown":
        throw unexpected(token);
    }
  }

  function numberOf(token: Token): Decimal {
    const number = Decimal.read(token.text);
    if (!number) throw parseFailure(text, "value", token);
    return number;
  }

  function word(token: Token): Expression {
    const lower = token.text.toLowerCase();
    if (lower === "true" || lower === "false") return { kind: "literal", value: lower === "true" };
    if (findFunction(lower) ?? known?.functions?.[lower]) {
      throw parseFailure(text, "parameters", token);
    }
    if (known && !known.names.some((one) => one.toLowerCase() === lower)) {
      throw parseFailure(text, "value", token);
    }
    return { kind: "name", name: token.text };
  }

  function call(token: Token): Expression {
    const lower = token.text.toLowerCase();
    const standard = known?.without?.includes(lower) ? undefined : findFunction(lower);
    const arity = known?.functions?.[lower] ?? standard;
    if (known && !arity) throw parseFailure(text, "value", token);
    const { least, most } = arity ?? { least: 0, most: Number.MAX_SAFE_INTEGER };
    at += 1;
    enter(token);
    const args: Expression[] = [];
    if (!sign(")")) {
      for (;;) {
        args.push(path());
        if (!sign(",") || args.length >= most) break;
        at += 1;
      }
    }
    const end = tokens[at];
    if (!sign(")") || args.length < least || args.length > most) throw unexpected(end);
    at += 1;
    open.pop();
    return { kind: "call", name: token.text, args };
  }

  function path(): Expression {
    let expression = value();
    for (;;) {
      const token = tokens[at];
      if (!token || !(sign("[") || sign("."))) return expression;
      // Nothing can be taken from a literal.
      if (expression.kind === "literal") throw unexpected(token);
      at += 1;
      expression = token.text === "[" ? indexed(token, expression) : dereferenced(expression);
    }
  }

  function indexed(token: Token, of: Expression): Expression {
    enter(token);
    const wildcard = sign("*");
    if (wildcard) at += 1;
    const index = wildcard ? undefined : path();
    if (!sign("]")) throw unexpected(tokens[at]);
    at += 1;
    open.pop();
    return index ? { kind: "index", of, index } : { kind: "wildcard", of };
  }

  function dereferenced(of: Expression): Expression {
    const token = tokens[at];
    if (!token) throw parseFailure(text, "property", tokens.at(-1));
    at += 1;
    if (token.kind === "sign" && token.text === "*") return { kind: "wildcard", of };
    if (token.kind !== "property") throw unexpected(token);
    return { kind: "index", of, index: { kind: "literal", value: token.text } };
  }

  const expression = path();
  if (at < tokens.length) throw unexpected(tokens[at]);
  return expression;
}
