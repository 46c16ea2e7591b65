import { code, countValue, type Cursor, giveUp, isBlankAt, textBetween } from "./cursor.ts";
import { addEntry } from "./mapping.ts";
import { type Place, placeBelow, placeInList } from "./place.ts";
import { isQuoteAt, readKeyText, readQuoted } from "./quoted.ts";
import { checkedKey, startsUnquoted, valueAt } from "./unquoted.ts";

const { closeList, closeMap, colon, comma, lineFeed, openList, openMap, space } = code;

/** A list or mapping in brackets; its further lines are deeper than `parent`. */
export function readFlow(cursor: Cursor, parent: number, place: Place): unknown {
  cursor.levelsLeft -= 1;
  if (cursor.levelsLeft < 0) giveUp();
  const isList = cursor.text.charCodeAt(cursor.at) === openList;
  cursor.at += 1;
  const value = isList
    ? readFlowList(cursor, parent, placeInList(place))
    : readFlowMapping(cursor, parent, place);
  cursor.levelsLeft += 1;
  return value;
}

function readFlowList(cursor: Cursor, parent: number, place: Place): unknown[] {
  const list: unknown[] = [];
  skipBreaks(cursor, parent);
  if (isClosed(cursor, closeList)) return list;
  for (;;) {
    list.push(readFlowValue(cursor, parent, place));
    skipBreaks(cursor, parent);
    if (isClosed(cursor, closeList)) return list;
    toNextEntry(cursor, parent);
  }
}

function readFlowMapping(cursor: Cursor, parent: number, place: Place): Record<string, unknown> {
  const mapping: Record<string, unknown> = {};
  skipBreaks(cursor, parent);
  if (isClosed(cursor, closeMap)) return mapping;
  for (;;) {
    const key = readFlowKey(cursor);
    countValue(cursor);
    skipBreaks(cursor, parent);
    addEntry(mapping, key, readFlowValue(cursor, parent, placeBelow(place, key)));
    skipBreaks(cursor, parent);
    if (isClosed(cursor, closeMap)) return mapping;
    toNextEntry(cursor, parent);
  }
}

function isClosed(cursor: Cursor, end: number): boolean {
  if (cursor.text.charCodeAt(cursor.at) !== end) return false;
  cursor.at += 1;
  return true;
}

function toNextEntry(cursor: Cursor, parent: number): void {
  if (cursor.text.charCodeAt(cursor.at) !== comma) giveUp();
  cursor.at += 1;
  skipBreaks(cursor, parent);
}

function readFlowValue(cursor: Cursor, parent: number, place: Place): unknown {
  countValue(cursor);
  if (isQuoteAt(cursor, cursor.at)) return readQuoted(cursor, parent);
  const first = cursor.text.charCodeAt(cursor.at);
  if (first === openList || first === openMap) return readFlow(cursor, parent, place);
  return valueAt(cursor, readFlowText(cursor), place);
}

const noBlankOrBracket = /[^\s,[\]{}]/;
const unquoted = /[^\n\t,[\]{}]*/y;
const odd = /: | #|:$/;

/** An unquoted text in brackets, which ends in its line. */
function readFlowText(cursor: Cursor): string {
  if (!startsUnquoted(cursor, noBlankOrBracket)) giveUp();
  unquoted.lastIndex = cursor.at;
  const source = unquoted.exec(cursor.text)?.[0] ?? "";
  if (odd.test(source)) giveUp();
  const { at: start } = cursor;
  cursor.at += source.length;
  const next = cursor.text.charCodeAt(cursor.at);
  if (next === openList || next === openMap) giveUp();
  return textBetween(cursor.text, start, cursor.at);
}

const unquotedKey = /[^\n\t,[\]{}:#]*/y;

function readFlowKey(cursor: Cursor): string {
  if (isQuoteAt(cursor, cursor.at)) {
    const key = readKeyText(cursor);
    // One in brackets may be followed by its value at once.
    if (cursor.text.charCodeAt(cursor.at) !== colon) giveUp();
    cursor.at += 1;
    return key;
  }
  if (!startsUnquoted(cursor, noBlankOrBracket)) giveUp();
  unquotedKey.lastIndex = cursor.at;
  const source = unquotedKey.exec(cursor.text)?.[0] ?? "";
  const { at: start } = cursor;
  const end = start + source.length;
  if (cursor.text.charCodeAt(end) !== colon || !isBlankAt(cursor, end + 1)) giveUp();
  cursor.at = end + 1;
  return checkedKey(cursor, textBetween(cursor.text, start, end));
}

/** Skips blanks and ends of lines; where a line is as little indented as `parent` the text is given up. */
function skipBreaks(cursor: Cursor, parent: number): void {
  const { text } = cursor;
  let start = -1;
  for (; ; cursor.at += 1) {
    const next = text.charCodeAt(cursor.at);
    if (next === lineFeed) start = cursor.at + 1;
    else if (next !== space) break;
  }
  if (start < 0) return;
  if (cursor.at - start <= parent) giveUp();
  // Marks of documents.
  if (cursor.at === start && /[-.]/.test(text[cursor.at] ?? "")) giveUp();
}
