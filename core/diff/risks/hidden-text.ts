import type { ObjectChange } from "../object-change.ts";
import { pathText } from "../path.ts";
import type { Finding } from "../risk.ts";
import { codePoint } from "../../manifests/code-point.ts";
import { isRecord } from "../../manifests/parse.ts";

// Characters that change the direction of text, or that nobody sees.
const hidden =
  /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u{e0001}|[\u{e0020}-\u{e007f}]/u;

/** Texts that do not read as they look. */
export function hiddenText({ change, after, edits }: ObjectChange): readonly Finding[] {
  const values =
    change === "changed"
      ? edits.map((edit) => ({
          path: pathText(edit.path),
          value: edit.kind === "removed" ? undefined : edit.after,
        }))
      : Object.entries(after ?? {}).map(([path, value]) => ({ path, value }));
  return values.flatMap(({ path, value }): readonly Finding[] => {
    const found = hiddenIn(value);
    if (found === undefined) return [];
    const text = `holds a character in ${shown(path)} that changes how text looks (${codePoint(found)}): it does not say what it seems to`;
    return [{ severity: "medium", text }];
  });
}

function hiddenIn(value: unknown): string | undefined {
  if (typeof value === "string") return hidden.exec(value)?.[0];
  if (Array.isArray(value)) return value.map(hiddenIn).find((one) => one !== undefined);
  if (!isRecord(value)) return undefined;
  return Object.entries(value)
    .map(([key, child]) => hiddenIn(key) ?? hiddenIn(child))
    .find((one) => one !== undefined);
}

function shown(path: string): string {
  return path.replaceAll(new RegExp(hidden, "gu"), "?");
}
