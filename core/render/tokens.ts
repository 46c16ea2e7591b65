import { toYaml } from "../manifests/kubernetes-yaml.ts";
import type { Problem } from "../errors.ts";
import { exactJson } from "../exact-json.ts";

export type TokenValue = {
  /** May be a mapping or a list. */
  readonly value: unknown;
  /** Of a value that is no mapping or list: as it was spelled, `1.10`, `007`. */
  readonly text: string | undefined;
};

export type TokenOptions = {
  /** The word `name` inside stands for the token's name: `#{name}#`. */
  readonly patterns: readonly string[];
  /** Text before a token that keeps it; it is removed. */
  readonly escape: string;
  /** What stands in the place of a token; undefined when nothing does. */
  readonly lookup: (name: string) => TokenValue | undefined;
  /** Name of the text, for messages. */
  readonly file: string;
};

export type Replaced = {
  readonly text: string;
  /** Tokens without a value, each with its line. */
  readonly problems: readonly Problem[];
  /** Names that were replaced. */
  readonly used: ReadonlySet<string>;
};

/**
 * Puts values in the place of tokens in raw YAML or JSON text (an unquoted `#{x}#` is a comment to
 * a YAML parser). A token that is a whole plain value keeps the value's type: text that would read
 * as a number is quoted, a mapping is written in flow style. Inside quotes the value is escaped.
 * `#{name:-text}#` gives a default.
 */
export function replaceTokens(source: string, options: TokenOptions): Replaced {
  const form = tokenForm(options.patterns, options.escape);
  const problems: Problem[] = [];
  const used = new Set<string>();
  const lines = source.split("\n").map((line, index) => {
    const at = { file: options.file, line: index + 1 };
    const quoteAt = quoteFinder(line);
    let comment: number | undefined;
    return line.replace(form, (token: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const offset = rest.at(-3) as number;
      if (groups["escape"]) return token.slice(options.escape.length);
      const name = nameIn(groups);
      const value = options.lookup(name) ?? textValue(defaultIn(groups));
      if (value === undefined) {
        if (offset <= (comment ??= commentIn(line))) {
          problems.push({ ...at, column: offset + 1, message: `no value for token ${token}` });
        }
        return token;
      }
      used.add(name);
      const written = inPlace(value, {
        ...{ line, start: offset, end: offset + token.length },
        quote: quoteAt(offset),
      });
      if (written !== undefined) return written;
      const message = `the value of token ${token} has several lines or parts: make the token a value of its own`;
      problems.push({ ...at, column: offset + 1, message });
      return token;
    });
  });
  return { text: lines.join("\n"), problems, used };
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
    return `${alone}${before}\\s*${name}\\s*${fallback}${after}`;
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

// Where a line's comment begins. A token that itself begins with "#" is no comment sign.
function commentIn(line: string): number {
  const at = line.search(/(?:^|\s)#(?!\{)/);
  return at < 0 ? Infinity : at;
}

type Place = {
  readonly line: string;
  readonly start: number;
  readonly end: number;
  /** The quote that is open there. */
  readonly quote: '"' | "'" | undefined;
};

// A token that is all of a value: after "- ", "key: " or nothing, before a comment or the line's end.
const valueStart = /^\s*(?:- +)*(?:[^\s#'"][^#'"]*: +|"[^"]*": +)?$/;
const valueEnd = /^\s*(?:#.*)?$/;
const flowStart = /[{,[]\s*(?:[\w.$/-]+\s*:\s+)?$/;
const flowEnd = /^\s*[,}\]]/;

// Looking back from each token over all of a long line would take time by the square of its length.
const longestKey = 2_000;

function inPlace(given: TokenValue, { line, start, end, quote }: Place): string | undefined {
  const { value } = given;
  const isText = typeof value === "string";
  const text = given.text ?? exactJson(value);
  if (quote === '"') return JSON.stringify(text).slice(1, -1);
  if (quote === "'") return text.includes("\n") ? undefined : text.replaceAll("'", "''");
  const before = line.slice(Math.max(0, start - longestKey), start);
  const after = line.slice(end, end + longestKey).replace(/\r$/, "");
  const inFlow = flowStart.test(before) && flowEnd.test(after);
  const isWhole = start <= longestKey && valueStart.test(before) && valueEnd.test(after);
  if (inFlow || isWhole) return isText ? quotedWhereNeeded(text, inFlow) : text;
  return typeof value === "object" || text.includes("\n") ? undefined : text;
}

function quotedWhereNeeded(text: string, inFlow: boolean): string {
  const plain = toYaml(text).trimEnd();
  const unsafe = /[\r\n]/.test(text) || (inFlow && /[,[\]{}]/.test(text));
  return unsafe ? JSON.stringify(text) : plain;
}

// Tells the quote that is open at a place of a line; places are asked for from left to right.
function quoteFinder(line: string): (place: number) => '"' | "'" | undefined {
  let open: '"' | "'" | undefined;
  let index = 0;
  return (place) => {
    for (; index < place; index += 1) {
      const character = line[index];
      if (open === '"' && character === "\\") index += 1;
      else if (character === open) open = undefined;
      else if (open === undefined && (character === '"' || character === "'")) {
        // An apostrophe inside a plain word opens nothing.
        if (!/\w/.test(line[index - 1] ?? "")) open = character;
      }
    }
    return open;
  };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\#-]/g, "\\$&");
}
