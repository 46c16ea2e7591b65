import { isRecord } from "../manifests/parse.ts";
import { matchItems } from "./match-items.ts";
import type { ObjectType } from "./object-type.ts";
import type { Path } from "./path.ts";
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
  return editsAt([], { before, after, type });
}

type Sides<Value> = {
  readonly before: Value;
  readonly after: Value;
  readonly type: ObjectType | undefined;
};

function editsAt(path: Path, { before, after, type }: Sides<unknown>): readonly Edit[] {
  if (same(before, after)) return [];
  if (isRecord(before) && isRecord(after)) return editsOfMapping(path, { before, after, type });
  if (Array.isArray(before) && Array.isArray(after)) {
    return editsOfList(path, { before, after, type });
  }
  return [{ kind: "changed", path, before, after }];
}

function editsOfMapping(
  path: Path,
  { before, after, type }: Sides<Readonly<Record<string, unknown>>>,
): readonly Edit[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys].flatMap((key): readonly Edit[] => {
    const isBoth = Object.hasOwn(before, key) && Object.hasOwn(after, key);
    if (isBoth && before[key] === after[key]) return [];
    const at = [...path, key];
    if (!Object.hasOwn(before, key)) return [{ kind: "added", path: at, after: after[key] }];
    if (!Object.hasOwn(after, key)) return [{ kind: "removed", path: at, before: before[key] }];
    return editsAt(at, { before: before[key], after: after[key], type });
  });
}

function editsOfList(
  path: Path,
  { before, after, type }: Sides<readonly unknown[]>,
): readonly Edit[] {
  const { items, reordered } = matchItems(path, { before, after, type });
  const edits = items.flatMap((item): readonly Edit[] => {
    const at = [...path, item];
    if (item.before === undefined) {
      return [{ kind: "added", path: at, after: after[item.after ?? 0] }];
    }
    if (item.after === undefined) {
      return [{ kind: "removed", path: at, before: before[item.before] }];
    }
    return editsAt(at, { before: before[item.before], after: after[item.after], type });
  });
  return reordered ? [{ kind: "reordered", path, before, after }, ...edits] : edits;
}
