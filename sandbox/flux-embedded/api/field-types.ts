// The fields that each kind has, as a real server publishes them (scripts/write-field-types.ts).
import { readFileSync } from "node:fs";

type FieldTypes = {
  /** `apps/v1 Deployment` → name of its type. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Name of a type → field → type, see {@link parseType}. */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly rules: Readonly<Record<string, TypeRules>>;
};

export type TypeRules = {
  readonly required?: readonly string[];
  readonly enums?: Readonly<Record<string, readonly string[]>>;
  readonly patterns?: Readonly<Record<string, string>>;
};

export type FieldType =
  | { readonly is: "string" | "number" | "boolean" | "scalar" | "any" }
  | { readonly is: "list"; readonly keys: readonly string[]; readonly of: string }
  | { readonly is: "map"; readonly of: string }
  | {
      readonly is: "object";
      readonly fields: Readonly<Record<string, string>>;
      readonly name: string;
    };

let table: FieldTypes | undefined;

export function fieldTypes(): FieldTypes {
  const url = new URL("./field-types.json", import.meta.url);
  table ??= JSON.parse(readFileSync(url, "utf8")) as FieldTypes;
  return table;
}

/** `string`, `[]core.v1.EnvVar` (a list), `[name]…` (one by key), `{}string` (a map), a type's name. */
export function parseType(text: string): FieldType {
  const [, keys, of = ""] = /^\[([^\]]*)\](.+)$/.exec(text) ?? [];
  if (keys !== undefined) return { is: "list", keys: keys.split(",").filter(Boolean), of };
  if (text.startsWith("{}")) return { is: "map", of: text.slice(2) };
  switch (text) {
    case "string":
    case "number":
    case "boolean":
    case "scalar":
      return { is: text };
    default: {
      const fields = fieldTypes().types[text];
      return fields ? { is: "object", fields, name: text } : { is: "any" };
    }
  }
}
