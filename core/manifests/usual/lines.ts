import { code, type Cursor, giveUp, isBlankAt } from "./cursor.ts";

const { hash, lineFeed, space } = code;

function skipSpaces(cursor: Cursor): void {
  const { text } = cursor;
  while (text.charCodeAt(cursor.at) === space) cursor.at += 1;
}

/** Goes from a line's start to the next content; comments and empty lines are none. */
export function toContent(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const start = cursor.at;
    skipSpaces(cursor);
    const next = text.charCodeAt(cursor.at);
    if (cursor.at >= text.length) cursor.column = -1;
    else if (next === lineFeed) {
      cursor.at += 1;
      continue;
    } else if (next === hash) {
      toNextLine(cursor);
      continue;
    } else cursor.column = isMarker(cursor, start) ? -1 : cursor.at - start;
    return;
  }
}

function isMarker(cursor: Cursor, start: number): boolean {
  const { text, at } = cursor;
  if (at !== start) return false;
  if (text.startsWith("...", at)) giveUp();
  return text.startsWith("---", at) && isBlankAt(cursor, at + 3);
}

/** Goes on to the next content; only blanks and a comment may still stand in the line. */
export function endLine(cursor: Cursor): void {
  const { text } = cursor;
  if (!isLineOver(cursor)) giveUp();
  // Go's readers ask for no blank there; who looks for comments does.
  if (text.charCodeAt(cursor.at) === hash && text.charCodeAt(cursor.at - 1) !== space) giveUp();
  toNextLine(cursor);
  toContent(cursor);
}

/** Skips blanks; whether nothing but a comment stands behind them in the line. */
export function isLineOver(cursor: Cursor): boolean {
  const { text } = cursor;
  skipSpaces(cursor);
  const next = text.charCodeAt(cursor.at);
  return next === lineFeed || next === hash || cursor.at >= text.length;
}

function toNextLine(cursor: Cursor): void {
  const end = cursor.text.indexOf("\n", cursor.at);
  cursor.at = end < 0 ? cursor.text.length : end + 1;
}
