/** Between two reports of what has not changed, where nobody says otherwise. */
const usualMs = 10 * 60_000;

/** True when a report is overdue by half of the time between two of them. Times in ms. */
export function isStale(
  heard: { readonly at: number; readonly interval?: number },
  now: number,
): boolean {
  return now - heard.at > 1.5 * Math.max(usualMs, heard.interval ?? 0);
}
