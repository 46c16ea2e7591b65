import { LineCounter, parseAllDocuments } from "yaml";
import type { Schema, YAMLParseError } from "yaml";
import { deepenLines } from "./deepen-lines.ts";

/**
 * The documents of a text with the lines of their offsets, taken as generously as Go's readers of
 * YAML (kubectl, Helm, kustomize, Flux) take it where our parser keeps to the standard.
 */
export function parseAsGo(text: string, schema: Schema) {
  const whole = withPlainBreaks(text);
  const first = parseOnce(whole, schema);
  const isShallow = first.parsed.some(({ errors }) => errors.some(mayBeShallow));
  const deeper = isShallow ? deepenLines(whole) : undefined;
  return deeper === undefined ? first : parseOnce(deeper, schema);
}

function parseOnce(text: string, schema: Schema) {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    ...{ lineCounter: lines, schema, stringKeys: true, uniqueKeys: false },
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = "empty" in parsed ? [] : parsed;
  for (const document of documents) {
    document.errors = document.errors.filter((error) => !isTakenByGo(error, text));
  }
  return { parsed: documents, lines };
}

// Go's readers take a single CR for the end of a line, and a byte order mark before each document.
function withPlainBreaks(text: string): string {
  const whole = text.includes("\r") ? text.replaceAll(/\r(?!\n)/g, "\n") : text;
  return whole.includes("\ufeff", 1) ? whole.replaceAll(/^(---[ \t]*\r?\n)\ufeff/gm, "$1") : whole;
}

function mayBeShallow({ code }: YAMLParseError): boolean {
  return code === "MISSING_CHAR" || code === "BAD_INDENT";
}

// They do not ask for a blank before a comment, and take an alias or yq's `!!merge <<` for a key.
function isTakenByGo({ code, message, pos: [start] }: YAMLParseError, text: string): boolean {
  if (code === "NON_STRING_KEY") return text[start] === "*" || text.startsWith("!!merge ", start);
  return code === "MISSING_CHAR" && message.startsWith("Comments must be separated");
}
