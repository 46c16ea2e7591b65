import type { DiffLine } from "../../core/diff/line-diff.ts";

/** One row of a diff side by side; a side that has nothing there is undefined. */
export type SplitRow = {
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly isSame: boolean;
};

/** What was removed beside what was added in its place; no line is lost or told twice. */
export function splitLines(lines: readonly DiffLine[]): readonly SplitRow[] {
  const rows: SplitRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      rows.push({ left: removed[at], right: added[at], isSame: false });
    }
    removed = [];
    added = [];
  };
  for (const { sign, text } of lines) {
    if (sign === " ") {
      flush();
      rows.push({ left: text, right: text, isSame: true });
    } else if (sign === "+") {
      added.push(text);
    } else {
      // What is removed after something was added stands below it.
      if (added.length > 0) flush();
      removed.push(text);
    }
  }
  flush();
  return rows;
}
