import { pathText } from "./path.ts";
import type { ClassifiedEdit } from "./object-change.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { type DiffLine, linesBetween, linesOf, type Sign } from "./line-diff.ts";
import type { Effort } from "./match-lines.ts";
import { isVisible, looksLike, quotedText } from "./visible-text.ts";

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

/** @param given less time for matching lines than usual, where many edits are shown at once */
export function editView(edit: ClassifiedEdit, given?: Effort): EditView {
  return { path: pathText(edit.path), noise: edit.noise, body: bodyOf(edit, given) };
}

function bodyOf(edit: ClassifiedEdit, given?: Effort): EditView["body"] {
  const before = edit.kind === "added" ? undefined : shown(edit.before);
  const after = edit.kind === "removed" ? undefined : shown(edit.after);
  if (edit.kind !== "reordered" && isShort(before) && isShort(after)) {
    return { form: "inline", ...inline(edit, before?.trimEnd(), after?.trimEnd()) };
  }
  const lines = [...linesBetween(before, after, given), ...ends(edit)];
  return { form: "lines", ...(edit.kind === "reordered" ? { note: "other order" } : {}), lines };
}

// Where only one of two texts ends without a line break, no line would show it.
function ends(edit: ClassifiedEdit): readonly DiffLine[] {
  if (edit.kind !== "changed") return [];
  const { before, after } = edit;
  if (typeof before !== "string" || typeof after !== "string") return [];
  const isEnded = before.endsWith("\n");
  if (before === "" || after === "" || isEnded === after.endsWith("\n")) return [];
  return [{ sign: isEnded ? "+" : "-", text: "… no line break at the end" }];
}

type Inline = { readonly before: string | undefined; readonly after: string | undefined };

// In quotes where the two would look the same, or like nothing. (Masks may be the same.)
function inline(edit: ClassifiedEdit, before?: string, after?: string): Inline {
  const foreign =
    edit.kind === "changed" &&
    typeof edit.before === "string" &&
    typeof edit.after === "string" &&
    looksLike(edit.before, edit.after);
  const value = (given: unknown, text: string | undefined) => {
    if (text === undefined || typeof given !== "string") return text;
    return !foreign && text !== "" && isVisible(text) ? text : quotedText(given, { foreign });
  };
  return {
    before: value("before" in edit ? edit.before : undefined, before),
    after: value("after" in edit ? edit.after : undefined, after),
  };
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
