import { exactJson } from "../exact-json.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { escapedText, isSpecial } from "../manifests/yaml-escapes.ts";
import type { TokenPlace } from "./token-places.ts";

export type TokenValue = {
  /** May be a mapping or a list. */
  readonly value: unknown;
  /** Of a value that is no mapping or list: as it was spelled, `1.10`, `007`. */
  readonly text: string | undefined;
};

type Around = { readonly before: string; readonly after: string; readonly isJson: boolean };
type Plain = Extract<TokenPlace, { kind: "plain" }>;

const parts = {
  problem: "has several lines or parts: make the token a value of its own",
} as const;
const structure = {
  problem: "would change what stands around it: put the text that it is part of in quotes",
} as const;

/** What stands in the place of a token, or why nothing can; a file that is no YAML has no places. */
export function writtenAt(
  { value, text = exactJson(value) }: TokenValue,
  place: TokenPlace | undefined,
  around: Around,
): string | { readonly problem: string } {
  const isText = typeof value === "string";
  switch (place?.kind) {
    case undefined:
      return text;
    case "comment":
      return isOneLine(text) ? text : parts;
    case "quoted":
      if (place.quote === '"') return escapedText(text).slice(1, -1);
      return isOneLine(text) ? text.replaceAll("'", "''") : parts;
    case "block":
      return inBlock(text, place, around);
    case "plain":
      if (place.isStart && place.isEnd) return isText ? whole(text, place, around) : text;
      if (typeof value === "object" || !isOneLine(text)) return parts;
      return isSafe(text, place, around) ? text : structure;
  }
}

function whole(text: string, { inFlow }: Plain, { isJson }: Around): string {
  const isUnsafe = isJson || /[\r\n]/.test(text) || (inFlow && /[,[\]{}]/.test(text));
  return isUnsafe ? JSON.stringify(text) : toYaml(text).trimEnd();
}

function inBlock(
  text: string,
  { indent, isFolded, isFirst }: Extract<TokenPlace, { kind: "block" }>,
  { after }: Around,
): string | { readonly problem: string } {
  if (isSpecial(text) || text.includes("\r")) {
    return {
      problem: "holds characters that no block of text can: make it a text in double quotes",
    };
  }
  if (isFolded && text.includes("\n")) {
    return { problem: "has several lines, which > makes one of: write | instead" };
  }
  if (isFirst && /^\s/.test(text)) {
    return {
      problem: "begins with a blank, by which YAML would indent all of it: write |2 or quotes",
    };
  }
  const further = text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
  return text.endsWith("\n") && after !== "\n" ? `${further}${indent}` : further;
}

const indicator = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]/;

/** Whether the text around reads as before, with this in it. */
function isSafe(text: string, { isStart, isEnd, inFlow }: Plain, around: Around): boolean {
  const joined = `${isStart ? " " : around.before}${text}${isEnd ? "\n" : around.after}`;
  if (/:\s|\s#/.test(joined.slice(isStart ? 1 : 0))) return false;
  if (isStart && (indicator.test(`${text}${around.after}`) || /^\s/.test(text))) return false;
  if (isEnd && /\s$/.test(text)) return false;
  return !inFlow || !/[,[\]{}]/.test(text);
}

function isOneLine(text: string): boolean {
  return !text.includes("\n") && !text.includes("\r") && !isSpecial(text);
}
