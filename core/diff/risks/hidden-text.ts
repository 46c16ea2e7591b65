import type { ObjectChange } from "../object-change.ts";
import { keysOf, pathText } from "../path.ts";
import { type Finding, medium } from "../risk.ts";
import { codePoint } from "../../manifests/code-point.ts";
import { isRecord } from "../../manifests/parse.ts";
import { unseenIn } from "../visible-text.ts";

/** Texts that do not read as they look. */
export function hiddenText({ change, after, edits }: ObjectChange): readonly Finding[] {
  const values =
    change === "changed"
      ? edits.map((edit) => ({
          path: pathText(edit.path),
          // A key that goes hides nothing any more.
          value: edit.kind === "removed" ? undefined : [edit.after, ...keysOf(edit.path)],
        }))
      : Object.entries(after ?? {}).map(([path, value]) => ({ path, value }));
  return values.flatMap(({ path, value }): readonly Finding[] => {
    const found = hiddenIn(value);
    if (found === undefined) return [];
    const text = `holds a character in ${path} that changes how text looks (${codePoint(found)}): it does not say what it seems to`;
    return [medium(text)];
  });
}

function hiddenIn(value: unknown): string | undefined {
  if (typeof value === "string") return unseenIn(value);
  if (Array.isArray(value)) return value.map(hiddenIn).find((one) => one !== undefined);
  if (!isRecord(value)) return undefined;
  return Object.entries(value)
    .map(([key, child]) => unseenIn(key) ?? hiddenIn(child))
    .find((one) => one !== undefined);
}
