import { isRecord } from "../manifests/parse.ts";
import { matchItems } from "./match-items.ts";
import type { ObjectType } from "./object-type.ts";
import type { Path, PathStep } from "./path.ts";
import { same } from "./values.ts";

/** One field that differs. What is added or removed as a whole is one edit with the whole value. */
export type Edit =
  | { readonly kind: "added"; readonly path: Path; readonly after: unknown }
  | { readonly kind: "removed"; readonly path: Path; readonly before: unknown }
  | {
      readonly kind: "changed";
      readonly path: Path;
      readonly before: unknown;
      readonly after: unknown;
    }
  /** A list's items changed places; the values are the whole lists. */
  | {
      readonly kind: "reordered";
      readonly path: Path;
      readonly before: readonly unknown[];
      readonly after: readonly unknown[];
    };

/** What turns one value into the other, in the order of the new one's keys. */
export function editsBetween(before: unknown, after: unknown, type?: ObjectType): readonly Edit[] {
  const edits: Edit[] = [];
  collect({ edits, path: [], type }, before, after);
  return edits;
}

/** Most of two large objects is the same: nothing is made for it, and a path only for an edit. */
type Walk = {
  readonly edits: Edit[];
  /** Where it is; the same again behind each value. */
  readonly path: PathStep[];
  readonly type: ObjectType | undefined;
};

function collect(walk: Walk, before: unknown, after: unknown): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) return collectOfMapping(walk, before, after);
  if (same(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) return collectOfList(walk, before, after);
  walk.edits.push({ kind: "changed", path: [...walk.path], before, after });
}

type Mapping = Readonly<Record<string, unknown>>;

function collectOfMapping(walk: Walk, before: Mapping, after: Mapping): void {
  const { edits, path } = walk;
  let kept = 0;
  for (const key of Object.keys(after)) {
    path.push(key);
    if (Object.hasOwn(before, key)) {
      kept += 1;
      collect(walk, before[key], after[key]);
    } else edits.push({ kind: "added", path: [...path], after: after[key] });
    path.pop();
  }
  const old = Object.keys(before);
  for (const key of old.length === kept ? [] : old) {
    if (Object.hasOwn(after, key)) continue;
    edits.push({ kind: "removed", path: [...path, key], before: before[key] });
  }
}

function collectOfList(walk: Walk, before: readonly unknown[], after: readonly unknown[]): void {
  const { edits, path, type } = walk;
  const { items, reordered } = matchItems(path, { before, after, type });
  if (reordered) edits.push({ kind: "reordered", path: [...path], before, after });
  for (const item of items) {
    path.push(item);
    if (item.before === undefined) {
      edits.push({ kind: "added", path: [...path], after: after[item.after ?? 0] });
    } else if (item.after === undefined) {
      edits.push({ kind: "removed", path: [...path], before: before[item.before] });
    } else collect(walk, before[item.before], after[item.after]);
    path.pop();
  }
}
