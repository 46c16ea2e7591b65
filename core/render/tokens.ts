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
    return line.replace(form, (token: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const offset = rest.at(-3) as number;
      if (groups["escape"]) return token.slice(options.escape.length);
      const name = nameIn(groups);
      const value = options.lookup(name) ?? textValue(defaultIn(groups));
      if (value === undefined) {
        if (!isComment(line, offset)) {
          problems.push({ ...at, column: offset + 1, message: `no value for token ${token}` });
        }
        return token;
      }
      used.add(name);
      const written = inPlace(value, { line, start: offset, end: offset + token.length });
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
    return `${before}\\s*${name}\\s*${fallback}${after}`;
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

// A token that itself begins with "#" is no comment sign.
function isComment(line: string, offset: number): boolean {
  return /(^|\s)#(?!\{)/.test(line.slice(0, offset));
}

type Place = { readonly line: string; readonly start: number; readonly end: number };

// A token that is all of a value: after "- ", "key: " or nothing, before a comment or the line's end.
const valueStart = /^\s*(?:- +)*(?:[^\s#'"][^#'"]*: +|"[^"]*": +)?$/;
const valueEnd = /^\s*(?:#.*)?$/;
const flowStart = /[{,[]\s*(?:[\w.$/-]+\s*:\s+)?$/;
const flowEnd = /^\s*[,}\]]/;

function inPlace(given: TokenValue, { line, start, end }: Place): string | undefined {
  const { value } = given;
  const before = line.slice(0, start);
  const after = line.slice(end).replace(/\r$/, "");
  const isText = typeof value === "string";
  const text = given.text ?? exactJson(value);
  const quote = openQuote(before);
  if (quote === '"') return JSON.stringify(text).slice(1, -1);
  if (quote === "'") return text.includes("\n") ? undefined : text.replaceAll("'", "''");
  const inFlow = flowStart.test(before) && flowEnd.test(after);
  if (inFlow || (valueStart.test(before) && valueEnd.test(after))) {
    return isText ? quotedWhereNeeded(text, inFlow) : text;
  }
  return typeof value === "object" || text.includes("\n") ? undefined : text;
}

function quotedWhereNeeded(text: string, inFlow: boolean): string {
  const plain = toYaml(text).trimEnd();
  const unsafe = /[\r\n]/.test(text) || (inFlow && /[,[\]{}]/.test(text));
  return unsafe ? JSON.stringify(text) : plain;
}

// The quote that is still open at the end of the text before a token on its line.
function openQuote(before: string): '"' | "'" | undefined {
  let open: '"' | "'" | undefined;
  for (let index = 0; index < before.length; index += 1) {
    const character = before[index];
    if (open === '"' && character === "\\") index += 1;
    else if (character === open) open = undefined;
    else if (open === undefined && (character === '"' || character === "'")) {
      // An apostrophe inside a plain word opens nothing.
      if (!/\w/.test(before[index - 1] ?? "")) open = character;
    }
  }
  return open;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\#-]/g, "\\$&");
}
