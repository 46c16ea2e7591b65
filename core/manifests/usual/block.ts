import { readBlockText } from "./block-text.ts";
import { code, countValue, type Cursor, giveUp, isBlankAt } from "./cursor.ts";
import { readFlow } from "./flow.ts";
import { endLine, isLineOver } from "./lines.ts";
import { addEntry } from "./mapping.ts";
import { type Place, placeBelow, placeInList } from "./place.ts";
import { isQuoteAt, readQuoted, readQuotedKey } from "./quoted.ts";
import { readUnquoted, readUnquotedKey } from "./unquoted.ts";

const { dash, greater, openList, openMap, pipe } = code;

/**
 * The value that begins here; what is next then is the content behind it.
 * @param parent how far what holds it is indented; -1 at the root
 */
export function readBlock(cursor: Cursor, parent: number, place: Place): unknown {
  cursor.levelsLeft -= 1;
  countValue(cursor);
  if (cursor.levelsLeft < 0) giveUp();
  const value = readAny(cursor, parent, place);
  cursor.levelsLeft += 1;
  return value;
}

function readAny(cursor: Cursor, parent: number, place: Place): unknown {
  if (isEntry(cursor)) return readList(cursor, placeInList(place));
  const key = readKey(cursor);
  return key === undefined
    ? readScalarOrFlow(cursor, parent, place)
    : readMapping(cursor, key, place);
}

function isEntry(cursor: Cursor): boolean {
  return cursor.text.charCodeAt(cursor.at) === dash && isBlankAt(cursor, cursor.at + 1);
}

function readKey(cursor: Cursor): string | undefined {
  return isQuoteAt(cursor, cursor.at) ? readQuotedKey(cursor) : readUnquotedKey(cursor);
}

function readMapping(cursor: Cursor, first: string, place: Place): Record<string, unknown> {
  const { column } = cursor;
  const mapping: Record<string, unknown> = {};
  for (let key: string = first; ; key = readKey(cursor) ?? giveUp()) {
    countValue(cursor);
    addEntry(mapping, key, readEntry(cursor, column, placeBelow(place, key)));
    if (cursor.column > column) giveUp();
    if (cursor.column < column) return mapping;
  }
}

/** What stands behind a key's colon, in its line or below. */
function readEntry(cursor: Cursor, column: number, place: Place): unknown {
  if (!isLineOver(cursor)) {
    countValue(cursor);
    return readScalarOrFlow(cursor, column, place);
  }
  endLine(cursor);
  const isList = cursor.column === column && isEntry(cursor);
  return isList || cursor.column > column ? readBlock(cursor, column, place) : null;
}

function readList(cursor: Cursor, place: Place): unknown[] {
  const { column } = cursor;
  const list: unknown[] = [];
  for (;;) {
    const start = cursor.at;
    cursor.at += 1;
    if (isLineOver(cursor)) {
      endLine(cursor);
      list.push(cursor.column > column ? readBlock(cursor, column, place) : null);
    } else {
      cursor.column = column + cursor.at - start;
      list.push(readBlock(cursor, column, place));
    }
    if (cursor.column > column) giveUp();
    if (cursor.column < column || !isEntry(cursor)) return list;
  }
}

function readScalarOrFlow(cursor: Cursor, parent: number, place: Place): unknown {
  const first = cursor.text.charCodeAt(cursor.at);
  if (first === pipe || first === greater) return readBlockText(cursor, parent);
  const isQuoted = isQuoteAt(cursor, cursor.at);
  if (!isQuoted && first !== openList && first !== openMap) {
    return readUnquoted(cursor, parent, place);
  }
  const value = isQuoted ? readQuoted(cursor, parent) : readFlow(cursor, parent, place);
  endLine(cursor);
  return value;
}
