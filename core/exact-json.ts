/** JSON of a plain value, whole numbers beyond 2^53 (bigint) with all their digits. */
export function exactJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => exactJson(each ?? null)).join(",")}]`;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${exactJson(child)}`).join(",")}}`;
}
