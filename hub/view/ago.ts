const units: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

/** `just now`, `3 minutes ago`, `2 days ago`; `then` in any form that Date reads. */
export function agoText(then: string | number, now: number): string {
  const span = spanText(now - new Date(then).getTime());
  return span === undefined ? "just now" : `${span} ago`;
}

/** How long something has been waiting: `has been waiting for 3 minutes`, `has just begun to wait`. */
export function waitingText(since: string, now: number): string {
  const span = spanText(now - Date.parse(since));
  return span === undefined ? "has just begun to wait" : `has been waiting for ${span}`;
}

/** `40 seconds`, `6 hours 10 minutes`. */
export function durationText(ms: number): string {
  const [index] = units.flatMap(([length], at) => (ms >= length ? [at] : []));
  if (index === undefined) {
    const seconds = Math.floor(ms / 1000);
    return `${seconds} second${seconds === 1 ? "" : "s"}`;
  }
  const rest = ms % (units[index]?.[0] ?? 1);
  const next = units[index + 1]?.[0] ?? Infinity;
  return [spanText(ms), ...(rest >= next ? [spanText(rest)] : [])].join(" ");
}

/** `3 minutes`, `2 days`; undefined for less than a minute, and for what is no time. */
function spanText(ms: number): string | undefined {
  const [unit, name] = units.find(([length]) => ms >= length) ?? [0, ""];
  if (unit === 0) return undefined;
  const count = Math.floor(ms / unit);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
