/** Lets a piece of work run when there is room, and tells it the number of its slot, from 0. */
export type InSlot = <Result>(work: (slot: number) => Promise<Result>) => Promise<Result>;

/** Runs at most `limit` pieces of work at once, the others in the order in which they came. */
export function slots(limit: number): InSlot {
  const waiting: ((slot: number) => void)[] = [];
  const free = Array.from({ length: Math.max(1, limit) }, (_, slot) => slot);
  return async (work) => {
    const slot = free.shift() ?? (await new Promise<number>((resume) => waiting.push(resume)));
    try {
      return await work(slot);
    } finally {
      const next = waiting.shift();
      if (next) next(slot);
      else free.push(slot);
    }
  };
}
