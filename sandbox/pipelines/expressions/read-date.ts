// `2026-11-29 12:00:00`, with T, a fraction and an offset as one likes; without an offset in UTC
// (the vendor's open library: EvaluationResult).
const form =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,7}))?(?:Z|([+-])(\d{1,2}):(\d{1,2}))?$/;

export function readDate(text: string): Date | undefined {
  const found = form.exec(text.trim());
  if (!found) return undefined;
  const [year = 0, , month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map(Number);
  const offset =
    (found[9] === "-" ? -1 : 1) * (Number(found[10] ?? 0) * 60 + Number(found[11] ?? 0));
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, Math.trunc(Number(`0.${found[8] ?? 0}`) * 1000));
  // The 31st of a month of 30 days is no date, nor is anything in a 13th month.
  const same =
    local.getUTCMonth() === month - 1 && local.getUTCDate() === day && local.getUTCHours() === hour;
  return same && minute < 60 && second < 60
    ? new Date(local.getTime() - offset * 60_000)
    : undefined;
}
