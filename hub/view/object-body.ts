// What an opened object shows, in parts: a page asks for what is on the screen, however much there is.
import { type EditView, editView, objectLines } from "../../core/diff/edit-view.ts";
import { type Effort, usualEffort } from "../../core/diff/match-lines.ts";
import type { ClassifiedEdit, ObjectChange } from "../../core/diff/object-change.ts";
import { type ShownLine, shownLines } from "./long-lines.ts";
import { shortText } from "./short-text.ts";
import type { SplitRow } from "./split-lines.ts";

/** So many edits come at once, and so many lines of one text. */
export const editsAtOnce = 50;
export const linesAtOnce = 200;

type Inline = Extract<EditView["body"], { readonly form: "inline" }>;

export type EditPart = Pick<EditView, "path" | "noise"> & {
  readonly body:
    | Inline
    | {
        readonly form: "lines";
        readonly note?: string;
        /** Its place among the object's edits: more lines are asked for by it. */
        readonly edit: number;
        readonly lines: readonly ShownLine[];
        /** How many lines there are. */
        readonly total: number;
      };
};

/** The edits of a changed object, or all of an added or removed one: so many, of so many. */
export type BodyPart =
  | { readonly form: "edits"; readonly edits: readonly EditPart[]; readonly total: number }
  | { readonly form: "lines"; readonly lines: readonly ShownLine[]; readonly total: number };

export type LinesPart<Row = ShownLine | SplitRow> = {
  readonly rows: readonly Row[];
  readonly total: number;
};

export function bodyPart(
  change: ObjectChange,
  of: { readonly withNoise: boolean; readonly from: number; readonly effort: Effort },
): BodyPart {
  if (change.change !== "changed") {
    const lines = wholeLines(change);
    return { form: "lines", lines: lines.slice(0, linesAtOnce), total: lines.length };
  }
  const shown = [...change.edits.entries()].filter(
    ([, { noise }]) => of.withNoise || noise === undefined,
  );
  const edits = shown
    .slice(of.from, of.from + editsAtOnce)
    .map(([index, edit]) => editPart(edit, index, of.effort));
  return { form: "edits", edits, total: shown.length };
}

/** All lines of an object that comes or goes, or of one edit of it. */
export function allLines(change: ObjectChange, edit: number | undefined): readonly ShownLine[] {
  if (edit === undefined) return wholeLines(change);
  const found = change.edits[edit];
  return found === undefined ? [] : linesOf(editView(found));
}

function editPart(edit: ClassifiedEdit, index: number, effort: Effort): EditPart {
  const most = Math.min(usualEffort, effort.left);
  const own: Effort = { left: most };
  const view = editView(edit, own);
  effort.left -= most - own.left;
  const { noise, body } = view;
  const path = shortText(view.path);
  if (body.form === "inline") return { path, noise, body };
  const lines = linesOf(view);
  const { note } = body;
  return {
    path,
    noise,
    body: {
      form: "lines",
      ...(note === undefined ? {} : { note }),
      ...{ edit: index, lines: lines.slice(0, linesAtOnce), total: lines.length },
    },
  };
}

function linesOf({ body }: EditView): readonly ShownLine[] {
  return body.form === "lines" ? shownLines(body.lines) : [];
}

function wholeLines({ change, before, after }: ObjectChange): readonly ShownLine[] {
  return shownLines(objectLines(after ?? before, change === "added" ? "+" : "-"));
}
