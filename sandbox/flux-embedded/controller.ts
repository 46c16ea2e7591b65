export type Controller = {
  /** Reconciles the key soon, or after so many milliseconds if nothing asks earlier. */
  readonly enqueue: (key: string, afterMs?: number) => void;
  readonly stop: () => Promise<void>;
};

/** After a pass: again in so many milliseconds, again with back-off, or when something changes. */
export type Again = number | "retry" | undefined;

type ControllerOptions = {
  readonly reconcile: (key: string) => Promise<Again> | Again;
  readonly onError: (key: string, error: unknown) => void;
  /** Keys at a time; one key never runs twice at once. */
  readonly workers?: number;
};

// The defaults of Flux' controllers (--min-retry-delay, --max-retry-delay).
const firstRetryMs = 750;
const longestRetryMs = 15 * 60_000;

/** A work queue as controllers have it: each key once, failures with back-off. */
export function createController({
  reconcile,
  onError,
  workers = 4,
}: ControllerOptions): Controller {
  const timers = new Map<string, NodeJS.Timeout>();
  const waiting = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  let stopped = false;

  function enqueue(key: string, afterMs = 0): void {
    if (stopped) return;
    if (afterMs > 0) {
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => enqueue(key), afterMs),
      );
      return;
    }
    clearTimeout(timers.get(key));
    timers.delete(key);
    waiting.add(key);
    setImmediate(dispatch);
  }

  function dispatch(): void {
    for (const key of waiting) {
      if (stopped || running.size >= workers) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.set(key, run(key));
    }
  }

  async function run(key: string): Promise<void> {
    try {
      const again = await reconcile(key);
      if (again === "retry") return retry(key);
      failures.delete(key);
      if (again !== undefined && !waiting.has(key)) enqueue(key, Math.max(again, 1));
    } catch (error) {
      if (!stopped) onError(key, error);
      retry(key);
    } finally {
      running.delete(key);
      if (!stopped) setImmediate(dispatch);
    }
  }

  function retry(key: string): void {
    const count = failures.get(key) ?? 0;
    failures.set(key, count + 1);
    enqueue(key, Math.min(firstRetryMs * 2 ** count, longestRetryMs));
  }

  return {
    enqueue,
    stop: async () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
