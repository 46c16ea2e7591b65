// `${{ … }}` in a scalar or key: which parts of it are literal, which are worked out.

export type Directive = "if" | "elseif" | "else" | "each" | "insert";

export type TemplateText =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "directive"; readonly directive: Directive; readonly parts: readonly string[] }
  /** A text that is one expression gives its value with its kind. */
  | { readonly kind: "expression"; readonly expression: string }
  | { readonly kind: "mixed"; readonly segments: readonly Segment[] };

export type Segment = { readonly kind: "literal" | "expression"; readonly text: string };

/** What of a text cannot be read as a template. */
export class TemplateTextError extends Error {}

const wanted: Readonly<Record<Directive, number>> = {
  if: 1,
  elseif: 1,
  else: 0,
  each: 3,
  insert: 0,
};

/** @throws TemplateTextError */
export function readTemplateText(text: string): TemplateText {
  if (!text.includes("${{")) return { kind: "literal", text };
  const segments = split(text);
  for (const { kind, text: inner } of segments) {
    if (kind === "literal") continue;
    const directive = readDirective(inner);
    if (!directive) continue;
    if (segments.length === 1) return directive;
    throw new TemplateTextError(
      `The directive '${directive.directive}' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.`,
    );
  }
  const [only] = segments;
  if (segments.length > 1 || !only) return { kind: "mixed", segments };
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(only.text) ?? [];
  return quoted === undefined
    ? { kind: "expression", expression: only.text }
    : { kind: "literal", text: quoted.replaceAll("''", "'") };
}

function split(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("${{", at);
    if (open !== at) {
      const to = open === -1 ? text.length : open;
      segments.push({ kind: "literal", text: text.slice(at, to) });
      at = to;
      continue;
    }
    const close = closingOf(text, open + 3);
    const inner = text.slice(open + 3, close).trim();
    if (inner === "") throw new TemplateTextError("An expression was expected");
    segments.push({ kind: "expression", text: inner });
    at = close + 2;
  }
  return segments;
}

// A `}}` inside quotes closes nothing.
function closingOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === "'") quoted = !quoted;
    else if (!quoted && text.startsWith("}}", at)) return at;
  }
  throw new TemplateTextError(
    "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.",
  );
}

function readDirective(text: string): Extract<TemplateText, { kind: "directive" }> | undefined {
  const [, name, rest = ""] = /^(if|elseif|else|each|insert)(?:\s+(.*))?$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  const directive = name as Directive;
  const parts = partsOf(rest);
  if (parts.length === wanted[directive]) return { kind: "directive", directive, parts };
  throw new TemplateTextError(
    `Exactly ${wanted[directive]} parameter(s) were expected following the directive '${directive}'. Actual parameter count: ${parts.length}`,
  );
}

// Blanks outside of quotes and parentheses part them.
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  let depth = 0;
  for (const char of text) {
    if (char === "'") quoted = !quoted;
    if (!quoted && char === "(") depth += 1;
    if (!quoted && char === ")") depth -= 1;
    if (/\s/.test(char) && !quoted && depth === 0) {
      if (part !== "") parts.push(part);
      part = "";
    } else part += char;
  }
  return part === "" ? parts : [...parts, part];
}
