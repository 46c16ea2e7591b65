import { isRecord } from "../manifests/parse.ts";
import { matchItems } from "./match-items.ts";
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
export function editsBetween(before: unknown, after: unknown, path: Path = []): readonly Edit[] {
  if (same(before, after)) return [];
  if (isRecord(before) && isRecord(after)) return editsOfMapping(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return editsOfList(before, after, path);
  return [{ kind: "changed", path, before, after }];
}

type Mapping = Readonly<Record<string, unknown>>;

function editsOfMapping(before: Mapping, after: Mapping, path: Path): readonly Edit[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys].flatMap((key): readonly Edit[] => {
    const at = [...path, key];
    if (!Object.hasOwn(before, key)) return [{ kind: "added", path: at, after: after[key] }];
    if (!Object.hasOwn(after, key)) return [{ kind: "removed", path: at, before: before[key] }];
    return editsBetween(before[key], after[key], at);
  });
}

function editsOfList(
  before: readonly unknown[],
  after: readonly unknown[],
  path: Path,
): readonly Edit[] {
  const list = path.findLast((step) => typeof step === "string") ?? "";
  const { items, reordered } = matchItems(list, before, after);
  const edits = items.flatMap((item): readonly Edit[] => {
    const at = [...path, item];
    if (item.before === undefined) {
      return [{ kind: "added", path: at, after: after[item.after ?? 0] }];
    }
    if (item.after === undefined) {
      return [{ kind: "removed", path: at, before: before[item.before] }];
    }
    return editsBetween(before[item.before], after[item.after], at);
  });
  return reordered ? [{ kind: "reordered", path, before, after }, ...edits] : edits;
}
