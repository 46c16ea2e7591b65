// Values of expressions and how they turn into one another, as the vendor's open library of the
// same language has them (actions/runner, DTExpressions: EvaluationResult).
import { formatNumber, readNumber } from "./numbers.ts";
import { Literal } from "./literal.ts";
import { Version } from "./version.ts";

export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | Version
  | Literal
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Names;

/** What the engine itself offers, as `variables`: names count whatever their case. */
export type Names = { readonly [name: string]: Value };

export type Kind =
  "Array" | "Boolean" | "DateTime" | "Null" | "Number" | "Object" | "String" | "Version";

/** What cannot be worked out: a conversion, a format, a name. */
export class ExpressionError extends Error {}

export function kindOf(value: Value): Kind {
  if (value === null || value === undefined) return "Null";
  if (value instanceof Literal) return kindOf(value.value);
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

/** Without the spelling that a value of YAML keeps. */
export function plain(value: Value): Exclude<Value, Literal> {
  return value instanceof Literal ? value.value : value;
}

/** @throws ExpressionError for lists and mappings */
export function toText(given: Value): string {
  if (given instanceof Literal && given.digits !== undefined) return given.digits;
  const value = plain(given);
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return formatNumber(value);
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
  if (typeof value === "number") return value !== 0;
  if (typeof value === "object") return value !== null;
  return value === true;
}

/** Undefined where it is none. */
export function tryNumber(given: Value): number | undefined {
  const value = plain(given);
  if (value === null || value === undefined) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  return value === "" ? 0 : readNumber(value);
}

/** @throws ExpressionError */
export function toNumber(value: Value): number {
  const number = tryNumber(value);
  if (number === undefined) throw cast(value, "Number");
  return number;
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
  return typeof value === "string" || typeof value === "number"
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
