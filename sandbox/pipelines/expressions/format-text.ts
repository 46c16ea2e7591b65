// format(): `{0}`, `{0:yyyyMMdd}` of a date, doubled braces (documents: Expressions, format).
import { formatDate } from "./format-date.ts";
import { ExpressionError, kindOf, plain, toText, type Value } from "./values.ts";

const parts = /\{\{|\}\}|\{(\d{1,3})(?::((?:[^}]|\}\})*))?\}|[{}]/g;

/** Values that the form does not name are not worked out. @throws ExpressionError */
export function formatText(form: string, args: readonly (() => Value)[]): string {
  return form.replace(parts, (whole: string, index?: string, pattern?: string) => {
    if (whole === "{{" || whole === "}}") return whole.charAt(0);
    if (index === undefined) {
      throw new ExpressionError(`The following format string is invalid: ${form}`);
    }
    const value = args[Number(index)];
    if (!value) {
      throw new ExpressionError(
        `The following format string references more arguments than were supplied: ${form}`,
      );
    }
    return pattern === undefined || pattern === ""
      ? toText(value())
      : dated(value(), pattern.replaceAll("}}", "}"));
  });
}

function dated(given: Value, pattern: string): string {
  const value = plain(given);
  if (value instanceof Date) return formatDate(value, pattern);
  throw new ExpressionError(
    `The format specifiers '${pattern}' are not valid for objects of type '${kindOf(value)}'`,
  );
}
