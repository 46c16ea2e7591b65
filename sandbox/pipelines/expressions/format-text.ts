// format(): `{0}`, `{0:yyyyMMdd}`, doubled braces (documents: Expressions, format).
import { formatDate } from "./format-date.ts";
import { ExpressionError } from "./parse.ts";
import { toText, type Value } from "./values.ts";

export function formatText(form: string, args: readonly Value[]): string {
  return form.replace(
    /\{\{|\}\}|\{(\d+)(?::([^}]*))?\}/g,
    (whole: string, index?: string, pattern?: string) => {
      if (index === undefined) return whole.charAt(0);
      if (Number(index) >= args.length) {
        throw new ExpressionError(`format() names {${index}} and has ${args.length} values`);
      }
      const value = toText(args[Number(index)]);
      return pattern === undefined ? value : formatDate(new Date(value), pattern);
    },
  );
}
