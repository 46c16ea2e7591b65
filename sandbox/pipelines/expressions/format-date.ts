/** A date in UTC by the custom patterns that run numbers and format() use: `yyyyMMdd`, `HH:mm`. */
export function formatDate(date: Date, pattern: string): string {
  const of = (value: number, length: number) => String(value).padStart(length, "0");
  const year = date.getUTCFullYear();
  const parts: Readonly<Record<string, string>> = {
    yyyy: of(year, 4),
    yy: of(year % 100, 2),
    MMMM: date.toLocaleString("en", { month: "long", timeZone: "UTC" }),
    MMM: date.toLocaleString("en", { month: "short", timeZone: "UTC" }),
    MM: of(date.getUTCMonth() + 1, 2),
    M: String(date.getUTCMonth() + 1),
    dd: of(date.getUTCDate(), 2),
    d: String(date.getUTCDate()),
    HH: of(date.getUTCHours(), 2),
    H: String(date.getUTCHours()),
    hh: of(date.getUTCHours() % 12 || 12, 2),
    mm: of(date.getUTCMinutes(), 2),
    m: String(date.getUTCMinutes()),
    ss: of(date.getUTCSeconds(), 2),
    s: String(date.getUTCSeconds()),
  };
  return pattern.replace(
    /yyyy|yy|MMMM|MMM|MM|M|dd|d|HH|H|hh|mm|m|ss|s/g,
    (part) => parts[part] ?? part,
  );
}
