import type { Failure } from "./failures.ts";
import type { GateMemory } from "./memory.ts";

/**
 * Starts and stops the clock of each failure. It goes on while what failed is only tried again
 * (`recovering`, keys): Flux shows a failed health check for moments between long attempts. Of what
 * comes and goes, as a container that crashes again and again does, it stops when that was gone for
 * as long as the grace.
 */
export function rememberFailures(
  memory: GateMemory,
  {
    failures,
    recovering,
  }: { readonly failures: readonly Failure[]; readonly recovering: readonly string[] },
  { now, grace }: { readonly now: number; readonly grace: number },
): GateMemory {
  const failingNow = new Set(failures.map(({ key }) => key));
  const tried = new Set(recovering);
  const failing = Object.fromEntries(
    Object.entries(memory.failing).filter(
      ([key, { last }]) => failingNow.has(key) || tried.has(key) || now - last < grace,
    ),
  );
  for (const key of failingNow) {
    failing[key] = { since: failing[key]?.since ?? now, last: now };
  }
  return { ...memory, failing };
}

/** The first failure that counts now: at once, or because it has lasted for the grace. */
export function firstThatCounts(
  failures: readonly Failure[],
  memory: GateMemory,
  { now, grace }: { readonly now: number; readonly grace: number },
): Failure | undefined {
  return (
    failures.find(({ patience }) => patience === "none") ??
    failures.find(({ key }) => now - (memory.failing[key]?.since ?? now) >= grace)
  );
}
