/**
 * Time that only goes forward, ms since 1970 as this machine knew it when the process began. For
 * durations: a clock that somebody sets does not move it.
 */
export function monotonicNow(): number {
  return performance.timeOrigin + performance.now();
}
