import { entriesOf } from "./collections.ts";
import { Decimal } from "./decimal.ts";
import { isCollection, plain, toText, type Value } from "./values.ts";

/** As the service lays it out: two blanks a level, empty lists and mappings in one line. */
export function convertToJson(given: Value, indent = ""): string {
  const value = plain(given);
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return String(value);
  if (value instanceof Decimal) return value.toText(28);
  if (!isCollection(value)) return JSON.stringify(toText(value));
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    return wrapped(
      "[]",
      indent,
      items.map((one) => convertToJson(one, inner)),
    );
  }
  return wrapped(
    "{}",
    indent,
    entriesOf(value).map(([key, one]) => `${JSON.stringify(key)}: ${convertToJson(one, inner)}`),
  );
}

function wrapped(brackets: string, indent: string, items: readonly string[]): string {
  if (items.length === 0) return brackets;
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(",\n")}\n${indent}${close}`;
}
