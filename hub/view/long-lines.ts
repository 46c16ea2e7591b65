import type { DiffLine } from "../../core/diff/line-diff.ts";
import { wholeEnd } from "./short-text.ts";

/** A line as it is shown; `isRest`: it goes on with the line above. */
export type ShownLine = DiffLine & { readonly isRest?: true };

/** A longer line is shown in several rows: one of a megabyte is as much as a page can hold. */
const longest = 2_000;
/** Of what two long lines have in common, beside what differs. */
const around = 100;

/** All of the lines, long ones in parts; what two long lines have in common is counted. */
export function shownLines(lines: readonly DiffLine[]): readonly ShownLine[] {
  if (lines.every(({ text }) => text.length <= longest)) return lines;
  const shown: ShownLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [line, next] = [lines[at], lines[at + 1]];
    if (line === undefined) continue;
    if (next !== undefined && isOtherForm(line, next)) {
      shown.push(...whereTheyDiffer(line, next));
      at += 1;
    } else {
      shown.push(...inParts(line));
    }
  }
  return shown;
}

function isOtherForm(line: DiffLine, next: DiffLine): boolean {
  const isPair = line.sign === "-" && next.sign === "+";
  return isPair && line.text.length > longest && next.text.length > longest;
}

function whereTheyDiffer(old: DiffLine, next: DiffLine): readonly ShownLine[] {
  const most = Math.min(old.text.length, next.text.length);
  let head = 0;
  while (head < most && old.text[head] === next.text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.text.at(-1 - tail) === next.text.at(-1 - tail)) tail += 1;
  const [start, end] = [wholeEnd(old.text, Math.max(0, head - around)), Math.max(0, tail - around)];
  const middle = ({ sign, text }: DiffLine) =>
    inParts({ sign, text: text.slice(start, wholeEnd(text, text.length - end)) });
  return [...same(start, "begin with"), ...middle(old), ...middle(next), ...same(end, "end with")];
}

function same(amount: number, how: string): readonly ShownLine[] {
  return amount === 0 ? [] : [{ sign: " ", text: `… both ${how} the same ${amount} characters` }];
}

function inParts({ sign, text }: DiffLine): readonly ShownLine[] {
  if (text.length <= longest) return [{ sign, text }];
  const parts: ShownLine[] = [];
  for (let from = 0; from < text.length;) {
    const to = Math.min(text.length, wholeEnd(text, from + longest));
    parts.push({
      sign,
      text: text.slice(from, to),
      ...(from > 0 ? { isRest: true as const } : {}),
    });
    from = to;
  }
  return parts;
}
