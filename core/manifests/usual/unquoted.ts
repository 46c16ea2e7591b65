import { code, type Cursor, giveUp, isBlankAt, textBetween } from "./cursor.ts";
import { toContent } from "./lines.ts";
import { longestKey } from "./mapping.ts";
import type { Place } from "./place.ts";

const { colon, hash, lineFeed, space, tab } = code;

/** Flux refuses keys that look like one, real or not. */
const likeDate = /^\d{4}-\d/;

/** Whether an unquoted text may begin there. */
export function startsUnquoted({ text, at }: Cursor, after: RegExp): boolean {
  const first = text[at] ?? "";
  if (/[A-Za-z0-9_./$(<~^=+;\\)]/.test(first) || first > "\u007f") return true;
  return first === "-" && after.test(text[at + 1] ?? "");
}

const noBlank = /[^\s]/;

/** The unquoted key of a block mapping, and what stands behind its colon is next; else undefined. */
export function readUnquotedKey(cursor: Cursor): string | undefined {
  const { text } = cursor;
  if (!startsUnquoted(cursor, noBlank)) return undefined;
  let at = cursor.at;
  for (; ; at += 1) {
    const next = text.charCodeAt(at);
    if (next === colon && isBlankAt(cursor, at + 1)) break;
    if (next === lineFeed || at >= text.length) return undefined;
    if (next === hash && text.charCodeAt(at - 1) === space) return undefined;
    if (next === tab) giveUp();
  }
  const key = textBetween(cursor.text, cursor.at, at);
  cursor.at = at + 1;
  return checkedKey(cursor, key);
}

/** An unquoted key that is a text to all readers; any other is given up. */
export function checkedKey(cursor: Cursor, key: string): string {
  const isOdd = key === "<<" || likeDate.test(key) || cursor.valueOf(key) !== key;
  if (isOdd || key.length > longestKey) giveUp();
  return key;
}

/** An unquoted text with the lines that it goes on in, which are deeper than `parent`. */
export function readUnquoted(cursor: Cursor, parent: number, place: Place): unknown {
  if (!startsUnquoted(cursor, noBlank)) giveUp();
  let source = readLine(cursor);
  while (source.isOpen) {
    const breaks = goesOn(cursor, parent);
    if (breaks === 0) break;
    const more = readLine(cursor);
    const text = `${source.text}${breaks === 1 ? " " : "\n".repeat(breaks - 1)}${more.text}`;
    source = { text, isOpen: more.isOpen };
  }
  toContent(cursor);
  return valueAt(cursor, source.text, place);
}

/** What an unquoted text is at its place. */
export function valueAt(cursor: Cursor, source: string, place: Place): unknown {
  if (place === "text") return source;
  const value = cursor.valueOf(source);
  if (typeof value === "number" && !Number.isFinite(value)) giveUp();
  return value;
}

type Line = { readonly text: string; /** Whether it may go on. */ readonly isOpen: boolean };

function readLine(cursor: Cursor): Line {
  const { text, at: start } = cursor;
  let at = start;
  let isOpen = true;
  for (; at < text.length; at += 1) {
    const next = text.charCodeAt(at);
    if (next === lineFeed) break;
    if (next === tab || (next === colon && isBlankAt(cursor, at + 1))) giveUp();
    if (next === hash && text.charCodeAt(at - 1) === space) {
      isOpen = false;
      break;
    }
  }
  const line = textBetween(cursor.text, start, at);
  const end = isOpen ? at : text.indexOf("\n", at);
  cursor.at = end < 0 || end >= text.length ? text.length : end + 1;
  return { text: line, isOpen };
}

/** Goes to the next line's content where that belongs to the text; how many lines ended before it. */
function goesOn(cursor: Cursor, parent: number): number {
  const { text } = cursor;
  let start = cursor.at;
  for (let breaks = 1; ; breaks += 1) {
    let at = start;
    while (text.charCodeAt(at) === space) at += 1;
    const next = text.charCodeAt(at);
    if (next === lineFeed) {
      start = at + 1;
      continue;
    }
    if (at >= text.length || next === hash || at - start <= parent) return 0;
    cursor.at = at;
    return breaks;
  }
}
