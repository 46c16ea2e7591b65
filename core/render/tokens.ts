import type { Problem } from "../errors.ts";
import { tokenPlaces } from "./token-places.ts";
import type { Span, TokenPlace } from "./token-places.ts";
import { writtenAt } from "./token-text.ts";
import type { TokenValue } from "./token-text.ts";

export type TokenOptions = {
  /** The word `name` inside stands for the token's name: `#{name}#`. */
  readonly patterns: readonly string[];
  /** Text before a token that keeps it; it is removed. */
  readonly escape: string;
  /** What stands in the place of a token; undefined when nothing does. */
  readonly lookup: (name: string) => TokenValue | undefined;
  /** Name of the text, for messages; its end tells what it is. */
  readonly file: string;
  /** What it is where that is not so. */
  readonly as?: Format;
};

type Format = "yaml" | "json" | "text";

export type Replaced = {
  readonly text: string;
  /** Tokens without a value, each with its line. */
  readonly problems: readonly Problem[];
  /** Names that were replaced. */
  readonly used: ReadonlySet<string>;
  /** How many tokens stand in it, kept ones among them. */
  readonly found: number;
};

/**
 * Puts values in the place of tokens in raw text. In YAML and JSON a token that is a whole plain value
 * keeps the value's type: text that would read as a number is quoted, a mapping is written in flow
 * style. Inside quotes the value is escaped; in a block of text it stands as it is, its further lines
 * with the block's indentation. In other files it stands as it is everywhere. `#{name:-text}#` gives
 * a default.
 */
export function replaceTokens(source: string, options: TokenOptions): Replaced {
  const form = tokenForm(options.patterns, options.escape);
  const tokens = [...source.matchAll(form)].map((match) => readToken(match, options.escape));
  const format = options.as ?? formatOf(options.file);
  const places = format === "text" ? [] : tokenPlaces(source, tokens);
  const lineAt = lineFinder(source);
  const problems: Problem[] = [];
  const used = new Set<string>();
  const parts: string[] = [];
  let written = 0;
  for (const [index, token] of tokens.entries()) {
    parts.push(source.slice(written, token.start), replaced(token, places[index]));
    written = token.end;
  }
  return { text: [...parts, source.slice(written)].join(""), problems, used, found: tokens.length };

  function replaced(token: Token, place: TokenPlace | undefined): string {
    if (token.kept !== undefined) return token.kept;
    const text = source.slice(token.start, token.end);
    const value = options.lookup(token.name) ?? textValue(token.fallback);
    const isBeside = place?.kind === "comment";
    if (value === undefined) {
      const isComment = place === undefined || place.kind === "block";
      if (!isBeside && !(isComment && lineAt(token.start).isAfterSign(token.start))) {
        refuse(token, `no value for token ${text}`);
      }
      return text;
    }
    const around = { before: source[token.start - 1] ?? "\n", after: source[token.end] ?? "\n" };
    const answer = writtenAt(value, place, { ...around, isJson: format === "json" });
    if (typeof answer !== "string") {
      if (!isBeside) refuse(token, `the value of token ${text} ${answer.problem}`);
      return text;
    }
    used.add(token.name);
    return answer;
  }

  function refuse({ start }: Token, message: string): void {
    const { line, column } = lineAt(start);
    problems.push({ file: options.file, line, column, message });
  }
}

type Token = Span & {
  readonly name: string;
  readonly fallback: string | undefined;
  /** What an escaped token stays. */
  readonly kept: string | undefined;
};

function readToken(match: RegExpMatchArray, escape: string): Token {
  const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
  const [text] = match;
  const start = match.index ?? 0;
  const kept = groups["escape"] ? text.slice(escape.length) : undefined;
  const given = { name: nameIn(groups), fallback: defaultIn(groups), kept };
  return { start, end: start + text.length, ...given };
}

function formatOf(file: string): Format {
  if (file.endsWith(".json")) return "json";
  return /(?:\.ya?ml|(?:^|\/)Kustomization)$/.test(file) ? "yaml" : "text";
}

/** Tells lines of places that are asked for from left to right. */
function lineFinder(source: string) {
  let number = 1;
  let start = 0;
  let sign: number | undefined;
  return (place: number) => {
    for (;;) {
      const end = source.indexOf("\n", start);
      if (end < 0 || end >= place) break;
      number += 1;
      start = end + 1;
      sign = undefined;
    }
    const column = place - start + 1;
    const isAfterSign = (at: number) => at - start > (sign ??= commentIn(source, start));
    return { line: number, column, isAfterSign };
  };
}

// Where a comment may begin in a script or settings. A token that begins with "#" is no comment sign.
function commentIn(source: string, start: number): number {
  const end = source.indexOf("\n", start);
  const at = source.slice(start, end < 0 ? undefined : end).search(/(?:^|\s)#(?!\{)/);
  return at < 0 ? Infinity : at;
}

// From each beginning of a token a search for its end starts: without a bound, a long line of them
// would take time by the square of its length.
const longestDefault = 1000;

function tokenForm(patterns: readonly string[], escape: string): RegExp {
  const forms = patterns.map((pattern, index) => {
    const at = pattern.indexOf("name");
    const [before, after] = [pattern.slice(0, at), pattern.slice(at + "name".length)].map(literal);
    // A name may hold single underscores; with `__name__` it must not swallow the closing ones.
    const name = `(?<n${index}>[A-Za-z](?:[A-Za-z0-9.-]|_(?!_))*)`;
    const fallback =
      after === "" ? "" : `(?::[-=](?<d${index}>(?:(?!${after}).){0,${longestDefault}}))?`;
    // $${x} keeps a ${x}: for Flux's substitution, Compose and make it is the dollar itself.
    const alone = pattern.startsWith("$") ? "(?<!\\$)" : "";
    return `${alone}${before}[^\\S\\n]*${name}[^\\S\\n]*${fallback}${after}`;
  });
  return new RegExp(`(?<escape>${literal(escape)})?(?:${forms.join("|")})`, "g");
}

function textValue(text: string | undefined): TokenValue | undefined {
  return text === undefined ? undefined : { value: text, text };
}

function nameIn(groups: Readonly<Record<string, string | undefined>>): string {
  const key = Object.keys(groups).find((each) => /^n\d/.test(each) && groups[each] !== undefined);
  return key === undefined ? "" : (groups[key] ?? "");
}

function defaultIn(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = Object.keys(groups).find((each) => /^d\d/.test(each) && groups[each] !== undefined);
  return key === undefined ? undefined : groups[key]?.trimEnd();
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\#-]/g, "\\$&");
}
