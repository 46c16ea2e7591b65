/** What the organisation knows of time: everything that waits in it waits on this. */
export type Clock = {
  readonly now: () => Date;
  /** Calls `run` once, `ms` from now on this clock. @returns how to take that back. */
  readonly after: (ms: number, run: () => void) => () => void;
};

/** A clock that goes on by itself and can be put forward: 72 hours pass at once. */
export type MovableClock = Clock & { readonly advance: (ms: number) => void };

// setTimeout takes no more than 2^31-1 ms; an approval waits for 30 days.
const longest = 2 ** 31 - 1;

/** Real time, plus whatever it was advanced by. */
export function createClock(): MovableClock {
  type Timer = { readonly due: number; readonly run: () => void; handle?: NodeJS.Timeout };
  const timers = new Set<Timer>();
  let ahead = 0;
  const nowMs = () => Date.now() + ahead;

  function arm(timer: Timer): void {
    clearTimeout(timer.handle);
    const left = Math.max(0, timer.due - nowMs());
    timer.handle = setTimeout(
      () => (left > longest ? arm(timer) : fire(timer)),
      Math.min(left, longest),
    );
    // What waits inside the sandbox never keeps the process alive.
    timer.handle.unref();
  }
  function fire(timer: Timer): void {
    if (timers.delete(timer)) timer.run();
  }

  return {
    now: () => new Date(nowMs()),
    after: (ms, run) => {
      const timer: Timer = { due: nowMs() + ms, run };
      timers.add(timer);
      arm(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      ahead += ms;
      for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
        if (timer.due <= nowMs()) {
          clearTimeout(timer.handle);
          fire(timer);
        } else arm(timer);
      }
    },
  };
}
