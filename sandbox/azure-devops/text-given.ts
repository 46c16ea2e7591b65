import { refusals } from "./api-error.ts";

/**
 * A text of a body, as the service reads one: numbers and flags count as what they are written as,
 * null as nothing. @throws ApiError for a list or mapping
 */
export function textGiven(value: unknown, parameter: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "object") {
    throw refusals.argument(`Invalid argument value.\r\nParameter name: ${parameter}`);
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
