// Lines of a changed file as they are shown: what changed, a little around it, and gaps.
import { structuredPatch } from "diff";

export type DiffRow =
  | {
      readonly kind: "same" | "added" | "removed";
      /** Line numbers, from 1. */
      readonly before: number | undefined;
      readonly after: number | undefined;
      readonly text: string;
    }
  | { readonly kind: "gap"; readonly skipped: number };

/** Undefined when the two are too different to compare in reasonable time. */
export function diffRows(
  sides: { readonly before: string; readonly after: string },
  { context }: { readonly context: number },
): readonly DiffRow[] | undefined {
  const patch = structuredPatch("before", "after", sides.before, sides.after, "", "", {
    context,
    maxEditLength: 4000,
    timeout: 800,
  });
  if (patch === undefined) return undefined;
  const rows: DiffRow[] = [];
  let shown = 0;
  for (const { oldStart, newStart, lines } of patch.hunks) {
    if (oldStart - 1 > shown) rows.push({ kind: "gap", skipped: oldStart - 1 - shown });
    let [before, after] = [oldStart, newStart];
    for (const line of lines) {
      const text = line.slice(1);
      switch (line[0]) {
        case "+":
          rows.push({ kind: "added", before: undefined, after: after++, text });
          break;
        case "-":
          rows.push({ kind: "removed", before: before++, after: undefined, text });
          break;
        case " ":
          rows.push({ kind: "same", before: before++, after: after++, text });
          break;
        // "\\ No newline at end of file" is not a line of either side.
        default:
      }
    }
    shown = before - 1;
  }
  const left = linesIn(sides.before) - shown;
  if (rows.length > 0 && left > 0) rows.push({ kind: "gap", skipped: left });
  return rows;
}

/** How many lines came and went. */
export function diffCounts(rows: readonly DiffRow[]): { added: number; removed: number } {
  const count = (kind: DiffRow["kind"]) => rows.filter((row) => row.kind === kind).length;
  return { added: count("added"), removed: count("removed") };
}

function linesIn(text: string): number {
  return text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
