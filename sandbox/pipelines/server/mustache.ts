// The mustache dialect of task.json: variables, blocks and the helpers that the service's own
// tasks use (research, platform §1.6).
import { randomUUID } from "node:crypto";

export type Lookup = (name: string) => string | undefined;

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly words: readonly string[]; readonly raw: boolean }
  | {
      readonly kind: "block";
      readonly words: readonly string[];
      readonly yes: readonly Part[];
      readonly no: readonly Part[];
    };

/** Replaces every `{{ … }}`. @throws for a helper that the sandbox does not know. */
export function renderMustache(template: string, lookup: Lookup): string {
  if (!template.includes("{{")) return template;
  return write(parse(tokens(template)), lookup);
}

type Token = { readonly text: string } | { readonly tag: string; readonly raw: boolean };

function tokens(template: string): Token[] {
  const out: Token[] = [];
  let from = 0;
  for (const match of template.matchAll(/\{\{\{([\s\S]*?)\}\}\}|\{\{([\s\S]*?)\}\}/g)) {
    out.push({ text: template.slice(from, match.index) });
    out.push({ tag: (match[1] ?? match[2] ?? "").trim(), raw: match[1] !== undefined });
    from = match.index + match[0].length;
  }
  out.push({ text: template.slice(from) });
  return out;
}

const blocks = ["if", "unless", "equals", "notEquals", "splitAndIterate"];

function parse(left: Token[]): readonly Part[] {
  const out: Part[] = [];
  for (let token = left[0]; token; token = left[0]) {
    if ("text" in token) {
      out.push({ kind: "text", text: token.text });
      left.shift();
      continue;
    }
    const words = split(token.tag);
    const name = words[0]?.replace(/^#\s*/, "") ?? "";
    if (token.tag === "else" || token.tag.startsWith("/")) return out;
    left.shift();
    if (token.tag.startsWith("#") && blocks.includes(name)) out.push(block(name, words, left));
    else out.push({ kind: "value", words: [name, ...words.slice(1)], raw: token.raw });
  }
  return out;
}

function block(name: string, words: readonly string[], left: Token[]): Part {
  const yes = parse(left);
  const middle = left.shift();
  const hasElse = middle !== undefined && "tag" in middle && middle.tag === "else";
  const no = hasElse ? parse(left) : [];
  const end = hasElse ? left.shift() : middle;
  if (!end || !("tag" in end) || end.tag.replace(/^\/\s*/, "") !== name) {
    throw new Error(`{{#${name}}} is not closed`);
  }
  return { kind: "block", words: [name, ...words.slice(1)], yes, no };
}

// `#equals a 'b c' 1`: words, of which those in quotes are literals.
function split(tag: string): readonly string[] {
  const spaced = tag.replace(/^#\s+/, "#");
  return spaced.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
}

function write(parts: readonly Part[], lookup: Lookup): string {
  return parts.map((part) => writePart(part, lookup)).join("");
}

function writePart(part: Part, lookup: Lookup): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "value": {
      const text = helper(part.words, lookup);
      return part.raw || part.words.length > 1 ? text : escapeHtml(text);
    }
    case "block":
      return writeBlock(part, lookup);
  }
}

function writeBlock({ words, yes, no }: Extract<Part, { kind: "block" }>, lookup: Lookup): string {
  const [name = "", ...args] = words;
  const of = (index: number) => value(args[index] ?? "", lookup);
  if (name === "splitAndIterate") {
    return of(0)
      .split(of(1) || ",")
      .filter((one) => one !== "")
      .map((one) => write(yes, (key) => (key === "this" ? one : lookup(key))))
      .join("");
  }
  // The third argument of equals says whether case matters not.
  const same = of(2) ? of(0).toLowerCase() === of(1).toLowerCase() : of(0) === of(1);
  const truthy = !["", "false"].includes(of(0).toLowerCase());
  const holds = { if: truthy, unless: !truthy, equals: same, notEquals: !same }[name];
  return write(holds ? yes : no, lookup);
}

function helper(words: readonly string[], lookup: Lookup): string {
  const [name = "", ...args] = words;
  const of = (index: number) => value(args[index] ?? "", lookup);
  switch (name) {
    case "uriDataEncode":
      return encodeURIComponent(of(0));
    case "base64":
      return Buffer.from(args.map((_, index) => of(index)).join("")).toString("base64");
    case "newGuid":
      return randomUUID();
    case "stringReplace":
      return of(2).replaceAll(of(0), of(1));
    case "getTokenUsingBasicAuth":
      return Buffer.from(`${of(0)}:${of(1)}`).toString("base64");
    default:
      if (args.length > 0) throw new Error(`The sandbox does not know {{#${name}}}.`);
      return value(name, lookup);
  }
}

function value(word: string, lookup: Lookup): string {
  const quoted = /^(['"])([\s\S]*)\1$/.exec(word)?.[2];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
  return /^\d+$/.test(word) ? word : (lookup(word) ?? "");
}

function escapeHtml(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" },
  };
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
