/**
 * `today at 14:02`, `27 Nov at 14:02`, in the viewer's time zone and language.
 * @param zone default: the browser's
 */
export function momentText(iso: string, now: number, zone?: string): string {
  const then = new Date(iso);
  const of = (options: Intl.DateTimeFormatOptions, at: Date) =>
    new Intl.DateTimeFormat(zone === undefined ? undefined : "en-GB", {
      ...options,
      ...(zone === undefined ? {} : { timeZone: zone }),
    }).format(at);
  const time = of({ hour: "2-digit", minute: "2-digit" }, then);
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const [date, today] = [of(day, then), of(day, new Date(now))];
  return date === today ? `today at ${time}` : `${date} at ${time}`;
}
