import * as React from "react";
import { TerminalError } from "../../core/errors.ts";

export type Live<T> = {
  /** The newest that could be read; stays while reading again fails. */
  readonly value: T | undefined;
  /** Why the last look failed. */
  readonly error: unknown;
  /** When the look began that read `value`, ms since 1970: none of it is older, however long it took. */
  readonly at: number | undefined;
  readonly refresh: () => void;
};

type State<T> = Omit<Live<T>, "refresh">;

const once = { once: true };
// Of a look that failed and would not be repeated otherwise.
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

function pauseAfter(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
}

const nothing = { value: undefined, error: undefined, at: undefined };

/**
 * Loads now and again while the page is in sight; a new `key` starts anew. Without `everyMs` it
 * loads until it has succeeded once, or trying again cannot help.
 */
export function useLive<T>(
  load: () => Promise<T>,
  { key, everyMs }: { readonly key: string; readonly everyMs?: number },
): Live<T> {
  const [state, setState] = React.useState<State<T> & { readonly key: string }>({
    ...nothing,
    key,
  });
  const [round, setRound] = React.useState(0);
  const latest = React.useRef(load);
  latest.current = load;

  React.useEffect(() => {
    let open = true;
    let timer = 0;
    let failures = 0;
    const again = (afterMs: number) => {
      if (open) timer = window.setTimeout(look, afterMs);
    };
    const look = () => {
      // Seen again, it looks at once: a page that loads in a hidden tab must not wait for ever.
      if (document.hidden) return document.addEventListener("visibilitychange", look, once);
      const at = Date.now();
      latest.current().then(
        (value) => {
          if (open) setState({ key, value, error: undefined, at });
          failures = 0;
          if (everyMs !== undefined) again(everyMs);
        },
        (error: unknown) => {
          if (!open) return;
          setState((old) => (old.key === key ? { ...old, error } : { ...nothing, key, error }));
          // The same again would fail the same: only the reader asks for it once more.
          if (everyMs === undefined && error instanceof TerminalError) return;
          failures += 1;
          // Whoever may not see it may be let in: no reason to ask every few seconds.
          const isOver = error instanceof TerminalError;
          again(isOver ? longestPauseMs : (everyMs ?? pauseAfter(failures)));
        },
      );
    };
    look();
    return () => {
      open = false;
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [key, everyMs, round]);

  const refresh = React.useCallback(() => setRound((n) => n + 1), []);
  return state.key === key ? { ...state, refresh } : { ...nothing, refresh };
}

/** The time, renewed often enough for texts such as "3 minutes ago". */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = React.useState(Date.now());
  React.useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}
