/** Work to be done by keys: each runs alone, is done once for many calls, and is retried. */
export type Queue<K> = {
  /** Asks for a look at the key, at once or after a delay; an earlier one wins. */
  readonly add: (key: K, delayMs?: number) => void;
  /** Resolves when nothing runs any more; nothing new is begun. */
  readonly stop: () => Promise<void>;
  /** Keys that run or will. */
  readonly size: () => number;
};

export type QueueOptions<K> = {
  /** Equal for keys that are one. */
  readonly textOf: (key: K) => string;
  /** Answers after how many ms the key wants to be looked at again; undefined: not by itself. */
  readonly work: (key: K) => Promise<number | undefined>;
  readonly onError: (key: K, error: unknown, attempt: number) => void;
  readonly concurrency?: number;
  /** Of the pause after a failure: first, and longest. */
  readonly backoffMs?: readonly [first: number, longest: number];
};

type Entry<K> = {
  readonly key: K;
  timer: NodeJS.Timeout | undefined;
  due: number;
  running: boolean;
  again: boolean;
  failures: number;
  /** After a failure nobody is asked before this, however often the key is rung for. */
  notBefore: number;
};

export function createQueue<K>(options: QueueOptions<K>): Queue<K> {
  const { textOf, work, onError, concurrency = 4, backoffMs = [1_000, 60_000] } = options;
  const entries = new Map<string, Entry<K>>();
  const ready: Entry<K>[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  function add(key: K, delayMs = 0): void {
    if (stopped) return;
    const text = textOf(key);
    const entry = entries.get(text) ?? newEntry(key);
    entries.set(text, entry);
    const now = performance.now();
    const due = Math.max(now + delayMs, entry.notBefore);
    if (entry.running && due <= now) {
      entry.again = true;
      return;
    }
    if (due >= entry.due) return;
    clearTimeout(entry.timer);
    entry.due = due;
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      entry.due = Infinity;
      if (entry.running) entry.again = true;
      else {
        if (!ready.includes(entry)) ready.push(entry);
        begin();
      }
    }, due - now);
  }

  function begin(): void {
    while (!stopped && running.size < concurrency) {
      const entry = ready.shift();
      if (entry === undefined) return;
      entry.running = true;
      const one = run(entry).finally(() => {
        running.delete(one);
        begin();
      });
      running.add(one);
    }
  }

  async function run(entry: Entry<K>): Promise<void> {
    const { key } = entry;
    let next: number | undefined;
    try {
      next = await work(key);
      entry.failures = 0;
      entry.notBefore = 0;
    } catch (error) {
      entry.failures += 1;
      next = Math.min(backoffMs[0] * 2 ** (entry.failures - 1), backoffMs[1]);
      entry.notBefore = performance.now() + next;
      // What was asked for before this failure waits for its pause too.
      clearTimeout(entry.timer);
      entry.timer = undefined;
      entry.due = Infinity;
      onError(key, error, entry.failures);
    }
    entry.running = false;
    if (entry.again) {
      entry.again = false;
      add(key);
    } else if (next !== undefined) add(key, next);
    else if (entry.timer === undefined) entries.delete(textOf(key));
  }

  return {
    add,
    stop: async () => {
      stopped = true;
      for (const { timer } of entries.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
    size: () => entries.size,
  };
}

function newEntry<K>(key: K): Entry<K> {
  return {
    key,
    timer: undefined,
    due: Infinity,
    running: false,
    again: false,
    failures: 0,
    notBefore: 0,
  };
}
