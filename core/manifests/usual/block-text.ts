import { code, type Cursor, giveUp } from "./cursor.ts";
import { toContent } from "./lines.ts";

const { greater, lineFeed, space, tab } = code;

/** A text behind `|` or `>`, deeper than `parent`. */
export function readBlockText(cursor: Cursor, parent: number): string {
  const { text } = cursor;
  const isFolded = text.charCodeAt(cursor.at) === greater;
  const end = text.indexOf("\n", cursor.at);
  const [, keep] = /^[|>]([-+]?) *$/.exec(text.slice(cursor.at, end)) ?? [];
  if (end < 0 || keep === undefined) giveUp();
  cursor.at = end + 1;
  const indent = indentOf(cursor);
  if (indent <= parent) giveUp();
  const lines = readLines(cursor, indent);
  const isEnded = text.endsWith("\n", cursor.at);
  toContent(cursor);
  let last = lines.length;
  while (lines[last - 1] === "") last -= 1;
  const whole = isFolded ? folded(lines.slice(0, last)) : lines.slice(0, last).join("\n");
  if (keep === "-") return whole;
  if (keep === "") return `${whole}\n`;
  return isEnded ? `${whole}${"\n".repeat(lines.length - last + 1)}` : giveUp();
}

/** How far the first line with content is indented. */
function indentOf({ text, at }: Cursor): number {
  let emptyIndent = 0;
  for (let start = at; start < text.length;) {
    let first = start;
    while (text.charCodeAt(first) === space) first += 1;
    const next = text.charCodeAt(first);
    const indent = first - start;
    if (next !== lineFeed && first < text.length) {
      return emptyIndent > indent || next === tab ? giveUp() : indent;
    }
    emptyIndent = Math.max(emptyIndent, indent);
    start = first + 1;
  }
  return giveUp();
}

function readLines(cursor: Cursor, indent: number): readonly string[] {
  const { text } = cursor;
  const lines: string[] = [];
  while (cursor.at < text.length) {
    let first = cursor.at;
    const content = cursor.at + indent;
    while (first < content && text.charCodeAt(first) === space) first += 1;
    const found = text.indexOf("\n", first);
    const end = found < 0 ? text.length : found;
    if (first < content && first < end) break;
    lines.push(text.slice(first, end));
    cursor.at = found < 0 ? end : end + 1;
  }
  return lines;
}

/** Lines of `>` as one text: breaks between lines of the same depth are blanks. */
function folded(lines: readonly string[]): string {
  let whole = "";
  let gap = "";
  let wasDeeper = false;
  const start = lines.findIndex((line) => line !== "");
  for (const line of lines.slice(start)) {
    if (/^[ \t]/.test(line)) {
      whole += (gap === " " ? "\n" : !wasDeeper && gap === "\n" ? "\n\n" : gap) + line;
      gap = "\n";
      wasDeeper = true;
    } else if (line === "") {
      if (gap === "\n") whole += "\n";
      else gap = "\n";
    } else {
      whole += gap + line;
      gap = " ";
      wasDeeper = false;
    }
  }
  return "\n".repeat(start) + whole;
}
