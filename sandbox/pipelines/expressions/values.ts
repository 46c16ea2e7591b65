// Values of expressions and how they turn into one another, as the vendor's open library of the
// same language has them (actions/runner, DTExpressions: EvaluationResult).
import { Decimal } from "./decimal.ts";
import { Literal } from "./literal.ts";
import { formatNumber, readNumber } from "./numbers.ts";
import { readDate } from "./read-date.ts";
import { Version } from "./version.ts";

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | Decimal
  | Version
  | Literal
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Names;

/** What the engine itself offers, as `variables`: names count whatever their case. */
export type Names = { readonly [name: string]: Value };

export type Kind =
  "Array" | "Boolean" | "DateTime" | "Null" | "Number" | "Object" | "String" | "Version";

const zero = Decimal.of(0);

/** What cannot be worked out: a conversion, a format, a name. */
export class ExpressionError extends Error {}

export function kindOf(value: Value): Kind {
  if (value === null || value === undefined) return "Null";
  if (value instanceof Literal) return kindOf(value.meaning);
  if (value instanceof Decimal) return "Number";
  if (value instanceof Date) return "DateTime";
  if (value instanceof Version) return "Version";
  if (Array.isArray(value)) return "Array";
  switch (typeof value) {
    case "string":
      return "String";
    case "number":
      return "Number";
    case "boolean":
      return "Boolean";
    default:
      return "Object";
  }
}

export function isCollection(
  value: Value,
): value is readonly Value[] | ReadonlyMap<string, Value> | Names {
  const kind = kindOf(value);
  return kind === "Array" || kind === "Object";
}

/** Without the spelling that a value of YAML keeps; numbers as decimals. */
export function plain(value: Value): Exclude<Value, Literal | number> {
  const bare = value instanceof Literal ? value.meaning : value;
  return typeof bare === "number" ? Decimal.of(bare) : bare;
}

/** @throws ExpressionError for lists and mappings */
export function toText(given: Value): string {
  const value = plain(given);
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof Decimal) return formatNumber(value);
  if (value instanceof Date) return value.toISOString().replace("T", " ").replace(/\..*/, "+00:00");
  if (value instanceof Version) return value.text;
  if (typeof value === "string") return value;
  throw cast(value, "String");
}

/** The text of what has one: a list has none. */
export function tryText(value: Value): string | undefined {
  return isCollection(value) ? undefined : toText(value);
}

export function toBoolean(given: Value): boolean {
  const value = plain(given);
  if (typeof value === "string") return value !== "";
  if (value instanceof Decimal) return !value.isZero;
  if (typeof value === "object") return value !== null;
  return value === true;
}

/** Undefined where it is none. */
export function tryNumber(given: Value): Decimal | undefined {
  const value = plain(given);
  if (value === null || value === undefined) return zero;
  if (typeof value === "boolean") return value ? Decimal.of(1) : zero;
  if (value instanceof Decimal) return value;
  if (typeof value !== "string") return undefined;
  return value === "" ? zero : readNumber(value);
}

/** @throws ExpressionError */
export function toNumber(value: Value): Decimal {
  const number = tryNumber(value);
  if (number === undefined) throw cast(value, "Number");
  return number;
}

/** A moment, or a text that tells one. */
export function tryDate(given: Value): Date | undefined {
  const value = plain(given);
  return value instanceof Date ? value : typeof value === "string" ? readDate(value) : undefined;
}

/** @throws ExpressionError */
export function toVersion(given: Value): Version {
  const found = tryVersion(given);
  if (!found) throw cast(given, "Version");
  return found;
}

export function tryVersion(given: Value): Version | undefined {
  const value = plain(given);
  if (value instanceof Version) return value;
  return typeof value === "string" || value instanceof Decimal
    ? Version.read(toText(value))
    : undefined;
}

export function cast(value: Value, to: Kind): ExpressionError {
  const kind = kindOf(value);
  const shown =
    kind === "Array" || kind === "Object"
      ? kind
      : kind === "Null"
        ? "null"
        : kind === "String"
          ? `'${toText(value)}'`
          : toText(value);
  return new ExpressionError(`Unable to convert from ${kind} to ${to}. Value: ${shown}`);
}
