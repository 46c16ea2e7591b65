import { formatText } from "./format-text.ts";
import { ExpressionError } from "./parse.ts";
import { compare, equal, isCollection, toBoolean, toText, type Value } from "./values.ts";

type Function = {
  readonly call: (...args: Value[]) => Value;
  readonly least: number;
  readonly most: number;
};

const any = Number.MAX_SAFE_INTEGER;
const of = (least: number, most: number, call: (...args: Value[]) => Value): Function => ({
  call,
  least,
  most,
});

// The functions without a context, by lower-case name (documents: Expressions, Functions).
const functions: Readonly<Record<string, Function>> = {
  and: of(2, any, (...args) => args.every(toBoolean)),
  or: of(2, any, (...args) => args.some(toBoolean)),
  not: of(1, 1, (value) => !toBoolean(value)),
  xor: of(2, 2, (a, b) => toBoolean(a) !== toBoolean(b)),
  eq: of(2, 2, (a, b) => equal(a, b)),
  ne: of(2, 2, (a, b) => !equal(a, b)),
  gt: of(2, 2, (a, b) => compare(a, b) > 0),
  ge: of(2, 2, (a, b) => compare(a, b) >= 0),
  lt: of(2, 2, (a, b) => compare(a, b) < 0),
  le: of(2, 2, (a, b) => compare(a, b) <= 0),
  in: of(1, any, (wanted, ...args) => args.some((one) => equal(wanted, one))),
  notin: of(1, any, (wanted, ...args) => !args.some((one) => equal(wanted, one))),
  contains: of(2, 2, (text, part) => lower(text).includes(lower(part))),
  containsvalue: of(2, 2, (list, wanted) =>
    Object.values((list ?? {}) as Record<string, Value>).some((one) => equal(one, wanted)),
  ),
  startswith: of(2, 2, (text, part) => lower(text).startsWith(lower(part))),
  endswith: of(2, 2, (text, part) => lower(text).endsWith(lower(part))),
  coalesce: of(2, any, (...args) =>
    args.find((one) => one !== null && one !== undefined && one !== ""),
  ),
  format: of(1, any, (form, ...args) => formatText(toText(form), args)),
  join: of(2, 2, (separator, list) =>
    Array.isArray(list)
      ? (list as readonly Value[])
          .filter((one) => !isCollection(one))
          .map(toText)
          .join(toText(separator))
      : "",
  ),
  split: of(2, 2, (text, separator) => toText(text).split(toText(separator))),
  length: of(1, 1, (value) =>
    isCollection(value) ? Object.keys(value).length : toText(value).length,
  ),
  lower: of(1, 1, (text) => lower(text)),
  upper: of(1, 1, (text) => toText(text).toUpperCase()),
  trim: of(1, 1, (text) => toText(text).trim()),
  replace: of(3, 3, (text, from, to) => toText(text).replaceAll(toText(from), toText(to))),
  converttojson: of(1, 1, (value) => JSON.stringify(value, null, 2)),
  iif: of(3, 3, (condition, yes, no) => (toBoolean(condition) ? yes : no)),
};

/** @throws ExpressionError for an unknown function or another number of arguments. */
export function callFunction(name: string, args: readonly Value[]): Value {
  const found = functions[name.toLowerCase()];
  if (!found) throw new ExpressionError(`the sandbox has no function ${name}()`);
  if (args.length < found.least || args.length > found.most) {
    const wanted = found.least === found.most ? `${found.least}` : `at least ${found.least}`;
    throw new ExpressionError(`${name}() takes ${wanted} arguments, not ${args.length}`);
  }
  return found.call(...args);
}

function lower(value: Value): string {
  return toText(value).toLowerCase();
}
