import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import { formatDuration } from "./durations.ts";
import { shortName } from "./inventory.ts";
import { objectHealth, type Health } from "./object-health.ts";

export type Watched = {
  readonly name: string;
  readonly read: () => KubeObject | undefined;
  /** Other rules than kstatus'. */
  readonly health?: (object: KubeObject | undefined) => Health;
};

/** An object of the cluster, looked at anew each time. */
export function watchedObject(cluster: Cluster, object: KubeObject): Watched {
  return {
    name: shortName(object),
    read: () => {
      const kind = kindOf(cluster, object.apiVersion, object.kind);
      return cluster.api.store.get({ kind, ...object.metadata });
    },
  };
}

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
    const seen = watched.map(({ name, read, health = objectHealth }) => ({
      name,
      health: health(read()),
    }));
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
