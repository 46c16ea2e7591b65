import { isBase64 } from "./base64.ts";
import type { SchemaNode } from "./schema-node.ts";

/** Whether a text fits a pattern of Go (RE2); undefined where that cannot be told. */
export type Matches = (text: string, pattern: string) => boolean | undefined;

/** What is wrong with a text, as it follows the field's name: `must match ^a+$`. */
export function textProblems(
  text: string,
  { minLength = 0, maxLength = Infinity, pattern, format }: SchemaNode,
  matches: Matches,
): readonly string[] {
  return [
    ...(text.length < minLength ? [`must have at least ${minLength} characters`] : []),
    ...(text.length > maxLength ? [`must have at most ${maxLength} characters`] : []),
    ...(pattern !== undefined && matches(text, pattern) === false ? [`must match ${pattern}`] : []),
    ...(format === "byte" && !isBase64(text) ? ["must be base64"] : []),
    ...(format === "date-time" && Number.isNaN(Date.parse(text)) ? ["must be a time"] : []),
  ];
}

/** The same for a number. */
export function numberProblems(value: number | bigint, node: SchemaNode): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = node;
  const bits = format === "int32" ? 31 : format === "int64" ? 63 : undefined;
  const limit = bits === undefined ? undefined : 2n ** BigInt(bits);
  const isWhole = typeof value === "bigint" || Number.isInteger(value);
  const fits =
    limit === undefined || !isWhole || (BigInt(value) >= -limit && BigInt(value) < limit);
  const tooSmall = minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum);
  const tooLarge = maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum);
  const quotient = multipleOf === undefined ? 0 : Number(value) / multipleOf;
  return [
    ...(tooSmall ? [`must be ${exclusiveMinimum ? "more than" : "at least"} ${minimum}`] : []),
    ...(tooLarge ? [`must be ${exclusiveMaximum ? "less than" : "at most"} ${maximum}`] : []),
    ...(fits ? [] : [`must fit into ${(bits ?? 0) + 1} bits`]),
    ...(Number.isInteger(quotient) ? [] : [`must be a multiple of ${multipleOf ?? 1}`]),
  ];
}
