/** Where the reading of a text is. */
export type Cursor = {
  readonly text: string;
  /** What an unquoted text is: a number, a flag, nothing, a text. */
  readonly valueOf: (source: string) => unknown;
  /** The next character to be read. */
  at: number;
  /** Of the character at which a line's content begins; -1 at the end of a document. */
  column: number;
  /** So many values may still come, and so many levels open. */
  valuesLeft: number;
  levelsLeft: number;
};

/** Codes of the characters that decide. */
export const code = {
  ...{ tab: 9, lineFeed: 10, space: 32, quote: 34, hash: 35, percent: 37, apostrophe: 39 },
  ...{ plus: 43, comma: 44, dash: 45, colon: 58, greater: 62, openList: 91, backslash: 92 },
  ...{ closeList: 93, openMap: 123, pipe: 124, closeMap: 125 },
} as const;
// A constant of each file costs less than a field of an object, some million times.
const { lineFeed, space } = code;

// No error: to note where one is made a browser reads the page's whole script once more (100 ms).
const unusual = Object.freeze({});

/** Gives the whole text up: it is for the parser of all YAML. */
export function giveUp(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- it ends in this folder
  throw unusual;
}

/** What `read` returns; undefined where it gave the text up. */
export function unlessGivenUp<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error === unusual) return undefined;
    throw error;
  }
}

/** Whether a blank, the line's end or the text's end stands there. */
export function isBlankAt({ text }: Cursor, at: number): boolean {
  const next = text.charCodeAt(at);
  return next === space || next === lineFeed || at >= text.length;
}

/** What stands from `start` to `end` but spaces at its end. */
export function textBetween(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === space) last -= 1;
  return text.slice(start, last);
}

/** Counts a value. */
export function countValue(cursor: Cursor): void {
  cursor.valuesLeft -= 1;
  if (cursor.valuesLeft < 0) giveUp();
}
