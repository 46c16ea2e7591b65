import { elementsOf } from "./collections.ts";
import { compare, equal } from "./compare.ts";
import { convertToJson } from "./convert-to-json.ts";
import { formatText } from "./format-text.ts";
import { ExpressionError, isCollection, kindOf, plain, toBoolean } from "./values.ts";
import { toText, tryText, type Value } from "./values.ts";

/** Arguments are worked out when they are asked for. */
export type Argument = () => Value;
export type Arity = { readonly least: number; readonly most: number };
type Function = Arity & { readonly call: (...args: Argument[]) => Value };

const any = Number.MAX_SAFE_INTEGER;
const of = (least: number, most: number, call: (...args: Value[]) => Value): Function => ({
  ...{ least, most, call: (...args) => call(...args.map((one) => one())) },
});

// The functions without a context, by lower-case name (documents: Expressions, Functions).
const functions: Readonly<Record<string, Function>> = {
  and: { least: 2, most: any, call: (...args) => args.every((one) => toBoolean(one())) },
  or: { least: 2, most: any, call: (...args) => args.some((one) => toBoolean(one())) },
  not: of(1, 1, (value) => !toBoolean(value)),
  xor: of(2, 2, (a, b) => toBoolean(a) !== toBoolean(b)),
  eq: of(2, 2, (a, b) => equal(a, b)),
  ne: of(2, 2, (a, b) => !equal(a, b)),
  gt: of(2, 2, (a, b) => compare(a, b) > 0),
  ge: of(2, 2, (a, b) => compare(a, b) >= 0),
  lt: of(2, 2, (a, b) => compare(a, b) < 0),
  le: of(2, 2, (a, b) => compare(a, b) <= 0),
  in: { least: 2, most: any, call: among },
  notin: { least: 2, most: any, call: (...args) => !among(...args) },
  contains: of(2, 2, (text, part) => lower(text).includes(lower(part))),
  // The kind that is looked for counts.
  containsvalue: of(2, 2, (list, wanted) => elementsOf(list).some((one) => equal(wanted, one))),
  startswith: of(2, 2, (text, part) => lower(text).startsWith(lower(part))),
  endswith: of(2, 2, (text, part) => lower(text).endsWith(lower(part))),
  coalesce: { least: 2, most: any, call: coalesce },
  format: {
    least: 1,
    most: 255,
    call: (form, ...args) => formatText(toText(form?.()), args),
  },
  join: of(2, 2, join),
  split: of(2, 2, (text, separator) =>
    toText(separator) === "" ? [toText(text)] : toText(text).split(toText(separator)),
  ),
  length: of(1, 1, length),
  lower: of(1, 1, (text) => eachLetter(toText(text), (one) => one.toLowerCase())),
  upper: of(1, 1, (text) => eachLetter(toText(text), (one) => one.toUpperCase())),
  trim: of(1, 1, (text) => toText(text).trim()),
  replace: of(3, 3, (text, from, to) =>
    toText(from) === "" ? toText(text) : toText(text).replaceAll(toText(from), () => toText(to)),
  ),
  converttojson: of(1, 1, (value) => convertToJson(value)),
  // Both branches are worked out.
  iif: of(3, 3, (condition, yes, no) => (toBoolean(condition) ? yes : no)),
};

/** Undefined for a function that there is not. */
export function findFunction(name: string): Function | undefined {
  const lowered = name.toLowerCase();
  return Object.hasOwn(functions, lowered) ? functions[lowered] : undefined;
}

// What stands behind the one that is found is not worked out.
function among(wanted?: Argument, ...args: Argument[]): boolean {
  const value = wanted?.();
  return args.some((one) => equal(value, one()));
}

// A letter stays one letter: "ß" is not written as "SS".
function eachLetter(text: string, change: (letter: string) => string): string {
  return [...text].map((one) => (change(one).length === one.length ? change(one) : one)).join("");
}

// The first that is neither nothing nor the empty text, otherwise the last.
function coalesce(...args: Argument[]): Value {
  let value: Value;
  for (const one of args) {
    value = one();
    const bare = plain(value);
    if (bare !== null && bare !== undefined && bare !== "") break;
  }
  return value;
}

// A list or mapping among the elements counts as an empty text.
function join(separator: Value, list: Value): string {
  const items = plain(list);
  if (!Array.isArray(items)) return tryText(items) ?? "";
  const texts = (items as readonly Value[]).map((one) => tryText(one) ?? "");
  return texts.length > 1 ? texts.join(toText(separator)) : (texts[0] ?? "");
}

function length(value: Value): number {
  if (isCollection(value)) return elementsOf(value).length;
  if (typeof value === "string") return value.length;
  throw new ExpressionError(
    `Kind '${kindOf(value)}' not supported. Only arrays, strings, dictionaries, or collections are supported for the length function.`,
  );
}

function lower(value: Value): string {
  return toText(value).toLowerCase();
}
