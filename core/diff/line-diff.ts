import { type Effort, matchLines, usualEffort } from "./match-lines.ts";
import { isVisible, look, looksLike, quotedText } from "./visible-text.ts";

export type Sign = "+" | "-" | " ";
export type DiffLine = { readonly sign: Sign; readonly text: string };

/**
 * The lines of two texts, those far from a change counted; where too much differs to match them, all of
 * the old ones and all of the new ones, which a first line says.
 * @param effort less than usual, where many edits are shown at once
 */
export function linesBetween(
  before = "",
  after = "",
  effort: Effort = { left: usualEffort },
): readonly DiffLine[] {
  const [old, next] = [split(before), split(after)];
  const runs = matchLines(old, next, effort);
  if (runs === undefined) return [unmatched, ...toldApart(old, next)];
  return runs.flatMap((run, index) => {
    if ("gone" in run) return toldApart(run.gone, run.come);
    // Nothing else: the change is how the text ends.
    const isLast = runs.length > 1 && index === runs.length - 1;
    return nearChanges(run.same, { isFirst: index === 0, isLast });
  });
}

const unmatched: DiffLine = {
  sign: " ",
  text: "… too much differs to match the lines: all of the old ones, then all of the new ones",
};

/** A text, line by line; in quotes where not all of a line could be seen. */
export function linesOf(text: string, sign: Sign): readonly DiffLine[] {
  return signed(split(text), sign);
}

function signed(lines: readonly string[], sign: Sign): readonly DiffLine[] {
  return lines.map((line) => ({ sign, text: isVisible(line) ? line : quotedText(line) }));
}

/** Lines that go and those in their place: in quotes where one of each would look the same. */
function toldApart(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length === 0) return signed(after, "+");
  if (after.length === 0) return signed(before, "-");
  const [gone, come] = [looksOf(before), looksOf(after)];
  return [...apartFrom(come, gone, "-"), ...apartFrom(gone, come, "+")];
}

type Looks = readonly (readonly [look: string, line: string])[];

function looksOf(lines: readonly string[]): Looks {
  return lines.map((line) => [look(line), line]);
}

function apartFrom(others: Looks, lines: Looks, sign: Sign): readonly DiffLine[] {
  const byLook = new Map(others);
  return lines.flatMap(([its, line], at) => {
    const twins = [byLook.get(its), others[at]?.[1]];
    return twins.some((one) => one !== undefined && looksLike(line, one))
      ? [{ sign, text: quotedText(line, { foreign: true }) }]
      : signed([line], sign);
  });
}

/** Lines around a change that tell where it is. */
const around = 3;

/** Of lines that stay the ones beside a change; the others are counted, nothing else is left out. */
function nearChanges(
  lines: readonly string[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): readonly DiffLine[] {
  const [head, tail] = [isFirst ? 0 : around, isLast ? 0 : around];
  const left = lines.length - head - tail;
  // One line in the place of one says less than it.
  if (left < 2) return signed(lines, " ");
  const gap: DiffLine = { sign: " ", text: `… ${left} unchanged lines` };
  const [first, last] = [lines.slice(0, head), tail === 0 ? [] : lines.slice(-tail)];
  return [...signed(first, " "), gap, ...signed(last, " ")];
}

function split(text: string): readonly string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
