import { isRecord } from "../manifests/parse.ts";
import type { ClassifiedEdit } from "./object-change.ts";
import type { Path } from "./path.ts";

export type Leaf = {
  readonly path: Path;
  /** Undefined: it was not there. */
  readonly before: unknown;
  readonly after: unknown;
};

/** The fields that an edit changes: one that adds or takes away a mapping, those in it. */
export function leavesOf(edit: ClassifiedEdit): readonly Leaf[] {
  const before = edit.kind === "added" ? undefined : edit.before;
  const after = edit.kind === "removed" ? undefined : edit.after;
  return leavesAt({ path: edit.path, before, after });
}

function leavesAt({ path, before, after }: Leaf): readonly Leaf[] {
  const sides = [before, after];
  const isMapping =
    sides.some(isRecord) && sides.every((one) => isRecord(one) || one === undefined);
  if (!isMapping) return [{ path, before, after }];
  const [old, next] = sides.map((one) => (isRecord(one) ? one : {}));
  const keys = new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})]);
  return [...keys].flatMap((key) =>
    leavesAt({ path: [...path, key], before: old?.[key], after: next?.[key] }),
  );
}
