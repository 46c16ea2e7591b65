/** Keys whose work is to be done: each runs alone, is done once for many calls, and is retried. */
export type Queue = {
  /** Asks for a look at the key, at once or after a delay; an earlier one wins. */
  readonly add: (key: string, delayMs?: number) => void;
  /** Forgets a key that does not run. */
  readonly forget: (key: string) => void;
  /** Resolves when nothing runs any more; nothing new is begun. */
  readonly stop: () => Promise<void>;
  readonly size: () => number;
};

export type QueueOptions = {
  /** Answers after how many ms the key wants to be looked at again; undefined: not by itself. */
  readonly work: (key: string) => Promise<number | undefined>;
  readonly onError: (key: string, error: unknown, attempt: number) => void;
  readonly concurrency?: number;
  /** Of the pause after a failure: first, and longest. */
  readonly backoffMs?: readonly [first: number, longest: number];
};

type Entry = { timer: NodeJS.Timeout | undefined; due: number; running: boolean; again: boolean };

export function createQueue(options: QueueOptions): Queue {
  const { work, onError, concurrency = 4, backoffMs = [1_000, 60_000] } = options;
  const entries = new Map<string, Entry>();
  const ready: string[] = [];
  const failures = new Map<string, number>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  function add(key: string, delayMs = 0): void {
    if (stopped) return;
    const entry = entries.get(key) ?? {
      timer: undefined,
      due: Infinity,
      running: false,
      again: false,
    };
    entries.set(key, entry);
    if (entry.running && delayMs === 0) {
      entry.again = true;
      return;
    }
    const due = Date.now() + delayMs;
    if (due >= entry.due) return;
    clearTimeout(entry.timer);
    entry.due = due;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      entry.due = Infinity;
      if (entry.running) entry.again = true;
      else {
        if (!ready.includes(key)) ready.push(key);
        begin();
      }
    }, delayMs);
  }

  function begin(): void {
    while (!stopped && running.size < concurrency) {
      const key = ready.shift();
      if (key === undefined) return;
      const entry = entries.get(key);
      if (!entry) continue;
      entry.running = true;
      const one = run(key, entry).finally(() => {
        running.delete(one);
        begin();
      });
      running.add(one);
    }
  }

  async function run(key: string, entry: Entry): Promise<void> {
    let next: number | undefined;
    try {
      next = await work(key);
      failures.delete(key);
    } catch (error) {
      const attempt = (failures.get(key) ?? 0) + 1;
      failures.set(key, attempt);
      onError(key, error, attempt);
      next = Math.min(backoffMs[0] * 2 ** (attempt - 1), backoffMs[1]);
    }
    entry.running = false;
    if (entry.again) {
      entry.again = false;
      add(key);
    } else if (next !== undefined) add(key, next);
  }

  return {
    add,
    forget: (key) => {
      clearTimeout(entries.get(key)?.timer);
      entries.delete(key);
      failures.delete(key);
    },
    stop: async () => {
      stopped = true;
      for (const { timer } of entries.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
    size: () => entries.size,
  };
}
