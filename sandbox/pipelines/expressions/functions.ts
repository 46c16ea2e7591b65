import { ExpressionError } from "./parse.ts";
import { compare, equal, toBoolean, toText, type Value } from "./values.ts";

type Function = (...args: Value[]) => Value;

/** The functions without a context, by lower-case name. */
export const functions: Readonly<Record<string, Function>> = {
  and: (...args) => args.every(toBoolean),
  or: (...args) => args.some(toBoolean),
  not: (value) => !toBoolean(value),
  xor: (a, b) => toBoolean(a) !== toBoolean(b),
  eq: (a, b) => equal(a, b),
  ne: (a, b) => !equal(a, b),
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  in: (wanted, ...args) => args.some((one) => equal(wanted, one)),
  notin: (wanted, ...args) => !args.some((one) => equal(wanted, one)),
  contains: (text, part) => lower(text).includes(lower(part)),
  containsvalue: (list, wanted) =>
    Object.values((list ?? {}) as Record<string, Value>).some((one) => equal(one, wanted)),
  startswith: (text, part) => lower(text).startsWith(lower(part)),
  endswith: (text, part) => lower(text).endsWith(lower(part)),
  coalesce: (...args) => args.find((one) => one !== null && one !== undefined && one !== ""),
  format: (form, ...args) =>
    toText(form).replace(/\{(\d+)\}/g, (_, index: string) => toText(args[Number(index)])),
  join: (separator, list) =>
    (Array.isArray(list) ? (list as readonly Value[]) : [list]).map(toText).join(toText(separator)),
  split: (text, separator) => toText(text).split(toText(separator)),
  length: (value) =>
    typeof value === "object" && value !== null ? Object.keys(value).length : toText(value).length,
  lower: (text) => lower(text),
  upper: (text) => toText(text).toUpperCase(),
  trim: (text) => toText(text).trim(),
  replace: (text, from, to) => toText(text).replaceAll(toText(from), toText(to)),
  converttojson: (value) => JSON.stringify(value, null, 2),
  iif: (condition, yes, no) => (toBoolean(condition) ? yes : no),
};

export function callFunction(name: string, args: readonly Value[]): Value {
  const found = functions[name.toLowerCase()];
  if (!found) throw new ExpressionError(`the sandbox has no function ${name}()`);
  return found(...args);
}

function lower(value: Value): string {
  return toText(value).toLowerCase();
}
