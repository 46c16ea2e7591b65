import { code, type Cursor, giveUp, isBlankAt, textBetween } from "./cursor.ts";
import { longestKey } from "./mapping.ts";

const { apostrophe, backslash, colon, quote, space } = code;

/** Whether a text in quotes begins there. */
export function isQuoteAt({ text }: Cursor, at: number): boolean {
  const next = text.charCodeAt(at);
  return next === quote || next === apostrophe;
}

/** The quoted key of a block mapping, and what stands behind its colon is next; else undefined. */
export function readQuotedKey(cursor: Cursor): string | undefined {
  let at = cursor.at + sourceOf(cursor).length;
  while (cursor.text.charCodeAt(at) === space) at += 1;
  if (cursor.text.charCodeAt(at) !== colon || !isBlankAt(cursor, at + 1)) return undefined;
  const key = readKeyText(cursor);
  cursor.at = at + 1;
  return key;
}

/** The text in quotes of a key, which ends in its line; any that is odd is given up. */
export function readKeyText(cursor: Cursor): string {
  const { text, at: start } = cursor;
  const key = readQuoted(cursor, -1);
  const source = text.slice(start, cursor.at);
  const isOdd = source.length > longestKey || source.includes("\n") || key === "<<";
  return isOdd ? giveUp() : key;
}

/** A text in quotes; further lines of it are deeper than `parent`. */
export function readQuoted(cursor: Cursor, parent: number): string {
  const source = sourceOf(cursor);
  cursor.at += source.length;
  const inside = source.slice(1, -1);
  const isDouble = source.startsWith('"');
  const line = inside.includes("\n") ? unfolded(inside, parent, isDouble) : inside;
  if (isDouble) return line.includes("\\") ? unescaped(line) : line;
  return line.includes("'") ? line.replaceAll("''", "'") : line;
}

function sourceOf({ text, at }: Cursor): string {
  const mark = text[at] ?? "";
  for (let end = at; ;) {
    end = text.indexOf(mark, end + 1);
    if (end < 0) giveUp();
    if (mark === "'" && text[end + 1] === mark) end += 1;
    else if (mark === "'" || !isEscaped(text, end)) return text.slice(at, end + 1);
  }
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

/** The lines of a text in quotes as one: each break a blank, empty lines its breaks. */
function unfolded(inside: string, parent: number, isDouble: boolean): string {
  if (inside.includes("\t")) giveUp();
  const [first = "", ...more] = inside.split("\n");
  let whole = isDouble ? endOf(first, more.length > 0) : trimmed(first);
  let breaks = 0;
  for (const [index, line] of more.entries()) {
    const isLast = index === more.length - 1;
    const text = line.replace(/^ +/, "");
    breaks += 1;
    if (text === "" && !isLast) continue;
    if (line.length - text.length <= parent) giveUp();
    const own = isLast ? text : isDouble ? endOf(text, true) : trimmed(text);
    whole += `${breaks === 1 ? " " : "\n".repeat(breaks - 1)}${own}`;
    breaks = 0;
  }
  return whole;
}

function trimmed(line: string): string {
  return textBetween(line, 0, line.length);
}

/** What a line of a text in double quotes holds; a break that is escaped is given up. */
function endOf(line: string, hasBreak: boolean): string {
  const text = hasBreak ? trimmed(line) : line;
  return text.endsWith("\\") ? giveUp() : text;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\", " ": " " },
};

function unescaped(line: string): string {
  return line.replaceAll(/\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[\s\S])/g, (escape) => {
    if (escape.length === 2) return escapes[escape.slice(1)] ?? giveUp();
    const unit = Number.parseInt(escape.slice(2), 16);
    // Halves of characters are for the parser of all YAML to judge.
    return unit >= 0xd800 && unit < 0xe000 ? giveUp() : String.fromCharCode(unit);
  });
}
