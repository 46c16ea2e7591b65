// How much the service still takes of one identity, by its own headers ("Rate and usage limits"; it
// sends them to who comes near a limit), and what is done without then.
import { answeredWaitMs } from "../http.ts";

/** What a call is for, most important first. */
export const priorities = ["completion", "failure", "letters", "progress", "snapshot"] as const;
export type Priority = (typeof priorities)[number];

export type RateLimit = {
  /** Nothing is to be asked before, by the same clock as `now` below. */
  readonly pausedUntil: number;
  /** Of the units that it grants. */
  readonly left?: { readonly units: number; readonly of: number; readonly until: number };
};

export const unlimited: RateLimit = { pausedUntil: -Infinity };

/** Below this share of the units such calls are left out: what is more important needs the rest. */
const floors: Readonly<Record<Priority, number>> = {
  ...{ completion: 0, failure: 0.05, letters: 0.15, progress: 0.3, snapshot: 0.5 },
};

// A reset far away would be some other clock's.
const longestMs = 5 * 60_000;

/**
 * What is known after an answer.
 * @param at.now of this process
 * @param at.hostNow the service's, ms since 1970
 */
export function hearLimit(
  before: RateLimit,
  headers: Headers,
  { now, hostNow }: { readonly now: number; readonly hostNow: number },
): RateLimit {
  const pause = answeredWaitMs(headers);
  const pausedUntil = pause === undefined ? before.pausedUntil : now + pause;
  const units = numberIn(headers, "x-ratelimit-remaining");
  const of = numberIn(headers, "x-ratelimit-limit");
  if (units === undefined || of === undefined || of === 0) {
    return { ...before, pausedUntil };
  }
  const reset = numberIn(headers, "x-ratelimit-reset");
  const inMs = reset === undefined ? longestMs : reset * 1000 - hostNow;
  const until = now + Math.min(Math.max(inMs, 0), longestMs);
  return { pausedUntil, left: { units, of, until } };
}

/** Why a call of this priority is to be left out now; undefined where it may be made. */
export function heldBack(
  { pausedUntil, left }: RateLimit,
  priority: Priority,
  now: number,
): string | undefined {
  // What cannot be done without waits inside of its own call.
  if (priority === "completion") return undefined;
  if (now < pausedUntil) {
    return `Azure DevOps asks to wait ${Math.ceil((pausedUntil - now) / 1000)} s`;
  }
  if (left === undefined || now >= left.until || left.units >= floors[priority] * left.of) {
    return undefined;
  }
  const seconds = Math.ceil((left.until - now) / 1000);
  return `${left.units} of ${left.of} units of Azure DevOps are left for ${seconds} s`;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  const value = Number(text);
  return text === null || text.trim() === "" || !Number.isFinite(value) ? undefined : value;
}
