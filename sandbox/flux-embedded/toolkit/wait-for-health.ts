import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { formatDuration } from "./durations.ts";
import { objectHealth, type Health } from "./object-health.ts";

type Watched = { readonly name: string; readonly read: () => KubeObject | undefined };

export class HealthFailure extends Error {
  /** Without the time it took, as conditions name it. */
  override readonly cause: string;
  constructor(cause: string, tookMs: number) {
    super(`health check failed after ${formatDuration(tookMs)}: ${cause}`);
    this.cause = cause;
  }
}

/** Polls until all are Current. @throws HealthFailure once one is Failed, or after the timeout */
export async function waitForHealth(
  cluster: Cluster,
  watched: readonly Watched[],
  timeoutMs: number,
): Promise<void> {
  const start = Date.now();
  for (;;) {
    const seen = watched.map(({ name, read }) => ({ name, health: objectHealth(read()) }));
    if (seen.every(({ health }) => health === "Current")) return;
    const took = Date.now() - start;
    const failed = seen.filter(({ health }) => health === "Failed");
    if (failed.length > 0) {
      throw new HealthFailure(`failed early due to stalled resources: ${list(failed)}`, took);
    }
    const left = timeoutMs - took;
    if (left <= 0) {
      const waiting = seen.filter(({ health }) => health !== "Current");
      throw new HealthFailure(`timeout waiting for: ${list(waiting)}`, took);
    }
    await pause(Math.min(left, cluster.timings.healthPoll), cluster.signal);
    if (cluster.signal.aborted) return;
  }
}

function list(seen: readonly { readonly name: string; readonly health: Health }[]): string {
  return `[${seen.map(({ name, health }) => `${name} status: '${health}'`).join(", ")}]`;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
