import { monotonicNow } from "./monotonic.ts";

/** What time it is at another host, whatever this machine's clock says. */
export type HostClock = {
  /**
   * Learns from the `Date` of an answer that has just come (that each has one
   * is UNVERIFIED: docs/unverified.md, 21).
   */
  readonly hear: (headers: Headers) => void;
  /** ms since 1970; this machine's own time while the host has told none. */
  readonly now: () => number;
  /** The same; undefined while the host has told none. */
  readonly told: () => number | undefined;
};

// One answer may be an old one of some proxy.
const kept = 9;

export function createHostClock(local: () => number = monotonicNow): HostClock {
  const offsets: number[] = [];
  const told = () => {
    const middle = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
    return middle === undefined ? undefined : local() + middle;
  };
  return {
    hear: (headers) => {
      const date = Date.parse(headers.get("date") ?? "");
      if (Number.isNaN(date)) return;
      offsets.push(date - local());
      if (offsets.length > kept) offsets.shift();
    },
    now: () => told() ?? Date.now(),
    told,
  };
}
