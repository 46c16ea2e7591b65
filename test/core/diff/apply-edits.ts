import type { Edit } from "../../../core/diff/edits.ts";
import type { PathStep } from "../../../core/diff/path.ts";

/**
 * What shown edits make of a value, written apart from the diff itself. Only what the edits say is
 * used: paths, values and the order that a moved list shows.
 */
export function applyEdits(before: unknown, edits: readonly Edit[]): unknown {
  const [whole] = edits.filter(({ path }) => path.length === 0);
  if (whole?.kind === "changed") return whole.after;
  return at(
    before,
    edits.map((edit) => ({ edit, rest: edit.path })),
  );
}

type Left = { readonly edit: Edit; readonly rest: readonly PathStep[] };

function at(value: unknown, lefts: readonly Left[]): unknown {
  if (lefts.length === 0) return value;
  const here = lefts.filter(({ rest }) => rest.length === 0).map(({ edit }) => edit);
  const changed = here.find(({ kind }) => kind === "changed");
  if (changed?.kind === "changed") return changed.after;
  const moved = here.find(({ kind }) => kind === "reordered");
  // The moved list is shown as a whole: it holds the edits below it as well.
  if (moved?.kind === "reordered") return moved.after;
  return Array.isArray(value) ? inList(value, lefts) : inMapping(value, lefts);
}

function inMapping(value: unknown, lefts: readonly Left[]): unknown {
  const result = new Map(Object.entries(value as Readonly<Record<string, unknown>>));
  for (const key of new Set(lefts.map(({ rest }) => rest[0]))) {
    if (typeof key !== "string") throw new Error("an item's edit in a mapping");
    const own = lefts.filter(({ rest }) => rest[0] === key);
    const [only] = own;
    if (only?.rest.length === 1 && only.edit.kind === "added") result.set(key, only.edit.after);
    else if (only?.rest.length === 1 && only.edit.kind === "removed") result.delete(key);
    else result.set(key, at(result.get(key), own.map(below)));
  }
  return Object.fromEntries(result);
}

function inList(value: readonly unknown[], lefts: readonly Left[]): unknown {
  const gone = new Set<number>();
  const inserted: { readonly index: number; readonly item: unknown }[] = [];
  const items = [...value];
  for (const place of new Set(lefts.map(placeOf))) {
    const own = lefts.filter((left) => placeOf(left) === place);
    const step = own[0]?.rest[0];
    if (step === undefined || typeof step === "string") throw new Error("a key's edit in a list");
    const edit = own[0]?.edit;
    if (step.before === undefined && edit?.kind === "added") {
      inserted.push({ index: step.after ?? -1, item: edit.after });
    } else if (step.after === undefined) gone.add(step.before ?? -1);
    else items[step.before ?? -1] = at(items[step.before ?? -1], own.map(below));
  }
  const kept = items.filter((_, index) => !gone.has(index));
  for (const { index, item } of inserted.sort((a, b) => a.index - b.index)) {
    kept.splice(index, 0, item);
  }
  return kept;
}

function placeOf({ rest: [step] }: Left): string {
  return typeof step === "object" ? `${step.before} ${step.after}` : String(step);
}

function below({ edit, rest }: Left): Left {
  return { edit, rest: rest.slice(1) };
}

/** The edits that lead back. */
export function reversed(edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit): Edit => {
    const path = edit.path.map((step) => {
      if (typeof step === "string") return step;
      const { item, before, after } = step;
      return {
        item,
        ...(after === undefined ? {} : { before: after }),
        ...(before === undefined ? {} : { after: before }),
      };
    });
    switch (edit.kind) {
      case "added":
        return { kind: "removed", path, before: edit.after };
      case "removed":
        return { kind: "added", path, after: edit.before };
      case "changed":
        return { kind: "changed", path, before: edit.after, after: edit.before };
      case "reordered":
        return { kind: "reordered", path, before: edit.after, after: edit.before };
    }
  });
}
