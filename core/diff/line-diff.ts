import { diffLines } from "diff";
import { isVisible, look, looksLike, quotedText } from "./visible-text.ts";

export type Sign = "+" | "-" | " ";
export type DiffLine = { readonly sign: Sign; readonly text: string };
export type Effort = { readonly timeout: number };

// A text whose lines cannot be matched within this is shown as a whole, old and new.
const effort = { timeout: 500, maxEditLength: 4000 };

/**
 * The lines of two texts, those far from a change counted.
 * @param given less time for matching lines than usual, where many edits are shown at once
 */
export function linesBetween(before = "", after = "", given?: Effort): readonly DiffLine[] {
  const parts = diffLines(ended(before), ended(after), { ...effort, ...given });
  if (parts === undefined) return toldApart(before, after);
  return parts.flatMap(({ value, added, removed }, index) => {
    const [last, next] = [parts[index - 1], parts[index + 1]];
    if (removed) return next?.added ? toldApart(value, next.value) : linesOf(value, "-");
    if (added) return last?.removed ? [] : linesOf(value, "+");
    // Nothing else: the change is how the text ends.
    const isLast = parts.length > 1 && index === parts.length - 1;
    const edges = { isFirst: index === 0, isLast };
    return nearChanges(linesOf(value, " "), edges);
  });
}

/** A text, line by line; in quotes where not all of a line could be seen. */
export function linesOf(text: string, sign: Sign): readonly DiffLine[] {
  return split(text).map((line) => ({ sign, text: isVisible(line) ? line : quotedText(line) }));
}

/** Lines that go and those in their place: in quotes where one of each would look the same. */
function toldApart(before: string, after: string): readonly DiffLine[] {
  const [gone, come] = [looksOf(before), looksOf(after)];
  return [...apartFrom(come, gone, "-"), ...apartFrom(gone, come, "+")];
}

type Looks = readonly (readonly [look: string, line: string])[];

function looksOf(text: string): Looks {
  return split(text).map((line) => [look(line), line]);
}

function apartFrom(others: Looks, lines: Looks, sign: Sign): readonly DiffLine[] {
  const byLook = new Map(others);
  return lines.flatMap(([its, line], at) => {
    const twins = [byLook.get(its), others[at]?.[1]];
    return twins.some((one) => one !== undefined && looksLike(line, one))
      ? [{ sign, text: quotedText(line, { foreign: true }) }]
      : linesOf(`${line}\n`, sign);
  });
}

/** Lines around a change that tell where it is. */
const around = 3;

/** Of lines that stay the ones beside a change; the others are counted, nothing else is left out. */
function nearChanges(
  lines: readonly DiffLine[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly DiffLine[] {
  const [head, tail] = [isFirst ? 0 : around, isLast ? 0 : around];
  const left = lines.length - head - tail;
  // One line in the place of one says less than it.
  if (left < 2) return lines;
  const gap: DiffLine = { sign: " ", text: `… ${left} unchanged lines` };
  return [...lines.slice(0, head), gap, ...(tail === 0 ? [] : lines.slice(-tail))];
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function split(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
