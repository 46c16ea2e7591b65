import { diffLines } from "diff";
import { pathText } from "./path.ts";
import type { ClassifiedEdit } from "./object-change.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";

export type Sign = "+" | "-" | " ";
export type DiffLine = { readonly sign: Sign; readonly text: string };

/** One edit as it is shown: short values side by side, long ones line by line. */
export type EditView = {
  readonly path: string;
  readonly noise: ClassifiedEdit["noise"];
  readonly body:
    | {
        readonly form: "inline";
        readonly before: string | undefined;
        readonly after: string | undefined;
      }
    | { readonly form: "lines"; readonly note?: string; readonly lines: readonly DiffLine[] };
};

const longestInline = 120;
// A text whose lines cannot be matched within this is shown as a whole, old and new.
const effort = { timeout: 500, maxEditLength: 4000 };

/** @param given less time for matching lines than usual, where many edits are shown at once */
export function editView(edit: ClassifiedEdit, given: Effort = effort): EditView {
  return { path: pathText(edit.path), noise: edit.noise, body: bodyOf(edit, given) };
}

type Effort = { readonly timeout: number };

function bodyOf(edit: ClassifiedEdit, given: Effort): EditView["body"] {
  const before = edit.kind === "added" ? undefined : shown(edit.before);
  const after = edit.kind === "removed" ? undefined : shown(edit.after);
  if (edit.kind !== "reordered" && isShort(before) && isShort(after)) {
    return { form: "inline", before: before?.trimEnd(), after: after?.trimEnd() };
  }
  const lines = linesBetween(before, after, given);
  return { form: "lines", ...(edit.kind === "reordered" ? { note: "other order" } : {}), lines };
}

/** The lines of a whole object, all of them new or gone. */
export function objectLines(object: unknown, sign: Sign): readonly DiffLine[] {
  return linesOf(toYaml(object), sign);
}

// Text of several lines reads as it is, everything else as YAML.
function shown(value: unknown): string {
  return typeof value === "string" && value.includes("\n") ? value : toYaml(value);
}

function isShort(text: string | undefined): boolean {
  return text === undefined || (text.length <= longestInline && !text.trimEnd().includes("\n"));
}

function linesBetween(before = "", after = "", given: Effort = effort): readonly DiffLine[] {
  const parts = diffLines(ended(before), ended(after), { ...effort, ...given });
  if (parts === undefined) return [...linesOf(before, "-"), ...linesOf(after, "+")];
  return parts.flatMap(({ value, added, removed }, index) => {
    const lines = linesOf(value, added ? "+" : removed ? "-" : " ");
    if (added || removed) return lines;
    return nearChanges(lines, { isFirst: index === 0, isLast: index === parts.length - 1 });
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

function linesOf(text: string, sign: Sign): readonly DiffLine[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => ({ sign, text: line }));
}
