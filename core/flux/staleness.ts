const leastMs = 10 * 60_000;

/** True when nothing was heard for three intervals, ten minutes at least. Times in ms. */
export function isStale(
  heard: { readonly at: number; readonly interval?: number },
  now: number,
): boolean {
  return now - heard.at > Math.max(leastMs, 3 * (heard.interval ?? 0));
}
