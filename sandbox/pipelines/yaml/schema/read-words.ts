// Texts of a template file before it is expanded: their expressions must be readable, wherever
// they stand, and only stand where the schema lets them.
import { findFunction } from "../../expressions/functions.ts";
import { parseExpression } from "../../expressions/parse.ts";
import { atPlace } from "../fill-text.ts";
import { PipelineError, textOf, type Entry, type Node, type Place } from "../node.ts";
import { readTemplateText, type TemplateText } from "../template-text.ts";

/** Which expressions may stand at a place. */
export type Words = {
  /** Whether there may be any at all. */
  readonly allowed: boolean;
  /** `parameters`, `variables` and what loops around the place call their elements. */
  readonly names: readonly string[];
};

export const fileWords: Words = { allowed: false, names: ["parameters", "variables"] };

/** The text of a scalar; undefined where it is only known when the file is expanded. */
export function readValue(node: Node, words: Words | undefined): string | undefined {
  const text = textOf(node) ?? "";
  if (!words) return text;
  const read = readText(text, node.at, words);
  if (read.kind === "directive") {
    throw new PipelineError(
      `The directive '${read.directive}' is not allowed in this context`,
      node.at,
    );
  }
  return read.kind === "literal" ? read.text : undefined;
}

/** A literal key, and what may stand below it. */
export function readKey(
  { key, at }: Entry,
  words: Words | undefined,
): { readonly key: string | undefined; readonly words: Words | undefined } {
  if (!words) return { key, words };
  const read = readText(key, at, words);
  if (read.kind === "literal") return { key: read.text, words };
  if (read.kind !== "directive" || read.directive !== "each") return { key: undefined, words };
  const [name = ""] = read.parts;
  return { key: undefined, words: { ...words, names: [...words.names, name] } };
}

function readText(text: string, at: Place, words: Words): TemplateText {
  const read = atPlace(at, () => readTemplateText(text));
  if (read.kind === "literal") return read;
  if (!words.allowed) {
    throw new PipelineError("A template expression is not allowed in this context", at);
  }
  const parse = (expression: string) =>
    atPlace(at, () => parseExpression(expression, { names: words.names }));
  switch (read.kind) {
    case "expression":
      parse(read.expression);
      break;
    case "mixed":
      for (const one of read.segments) if (one.kind === "expression") parse(one.text);
      break;
    case "directive":
      if (read.directive === "each") parse(listOf(read.parts, at, words));
      else for (const part of read.parts) parse(part);
  }
  return read;
}

function listOf([name = "", word, list = ""]: readonly string[], at: Place, words: Words): string {
  if (word !== "in") throw new PipelineError(`Unexpected symbol: '${word ?? ""}'`, at);
  if (!/^[A-Za-z_][\w-]*$/.test(name) || findFunction(name)) {
    throw new PipelineError(`The identifier '${name}' is invalid`, at);
  }
  if (words.names.some((one) => one.toLowerCase() === name.toLowerCase())) {
    throw new PipelineError(`'${name}' is already defined`, at);
  }
  return list;
}
