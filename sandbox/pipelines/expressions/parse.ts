// The expression language of pipelines: https://learn.microsoft.com/azure/devops/pipelines/process/expressions

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
  | { readonly kind: "wildcard"; readonly of: Expression }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

export class ExpressionError extends Error {}

type Token =
  | { readonly kind: "string" | "number" | "word"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string };

/** @throws ExpressionError naming what stands where it must not. */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let at = 0;

  function take(sign: string): void {
    const token = tokens[at];
    if (token?.kind !== "sign" || token.text !== sign) {
      throw new ExpressionError(
        `expected "${sign}" in ${text}, found "${token?.text ?? "the end"}"`,
      );
    }
    at += 1;
  }
  function next(sign: string): boolean {
    const token = tokens[at];
    return token?.kind === "sign" && token.text === sign;
  }
  function primary(): Expression {
    const token = tokens[at];
    if (!token) throw new ExpressionError(`the expression ends too early: ${text}`);
    at += 1;
    switch (token.kind) {
      case "string":
        return { kind: "literal", value: token.text };
      case "number":
        return { kind: "literal", value: Number(token.text) };
      case "word":
        return next("(") ? call(token.text) : word(token.text);
      case "sign":
        throw new ExpressionError(`unexpected "${token.text}" in ${text}`);
    }
  }
  function call(name: string): Expression {
    take("(");
    const args: Expression[] = [];
    while (!next(")")) {
      args.push(postfix());
      if (!next(")")) take(",");
    }
    take(")");
    return { kind: "call", name, args };
  }
  function postfix(): Expression {
    let expression = primary();
    for (;;) {
      if (next("[")) {
        take("[");
        expression = { kind: "index", of: expression, index: postfix() };
        take("]");
      } else if (next(".")) {
        take(".");
        const token = tokens[at];
        at += 1;
        if (token?.kind === "sign" && token.text === "*") {
          expression = { kind: "wildcard", of: expression };
        } else if (token?.kind === "word") {
          const index: Expression = { kind: "literal", value: token.text };
          expression = { kind: "index", of: expression, index };
        } else throw new ExpressionError(`expected a property name in ${text}`);
      } else return expression;
    }
  }

  const expression = postfix();
  if (at < tokens.length) {
    throw new ExpressionError(`unexpected "${tokens[at]?.text ?? ""}" in ${text}`);
  }
  return expression;
}

function word(text: string): Expression {
  switch (text.toLowerCase()) {
    case "true":
      return { kind: "literal", value: true };
    case "false":
      return { kind: "literal", value: false };
    case "null":
      return { kind: "literal", value: null };
    default:
      return { kind: "name", name: text };
  }
}

function tokenize(text: string): readonly Token[] {
  const form =
    /\s*(?:'((?:[^']|'')*)'|(\d+(?:\.\d+){2,3}(?![\w.]))|(-?(?:0x[\da-f]+|\d+(?:\.\d+)?|\.\d+)(?![\w.]))|([A-Za-z_][\w-]*)|([()[\],.*]))/giy;
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  while (form.lastIndex < trimmed.length) {
    const from = form.lastIndex;
    const match = form.exec(trimmed);
    if (!match || match[0] === "")
      throw new ExpressionError(`cannot read "${trimmed.slice(from)}" in ${text}`);
    const [, string, version, number, name, sign] = match;
    if (string !== undefined) tokens.push({ kind: "string", text: string.replaceAll("''", "'") });
    // A version, as in ge(variables.x, 1.2.3), is compared part by part.
    else if (version !== undefined) tokens.push({ kind: "string", text: version });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "word", text: name });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}
