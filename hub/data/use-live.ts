import * as React from "react";

export type Live<T> = {
  /** The newest that could be read; stays while reading again fails. */
  readonly value: T | undefined;
  /** Why the last look failed. */
  readonly error: unknown;
  /** When `value` was read, ms since 1970. */
  readonly at: number | undefined;
  readonly refresh: () => void;
};

type State<T> = Omit<Live<T>, "refresh">;

const nothing = { value: undefined, error: undefined, at: undefined };

/**
 * Loads now and again while the page is in sight; a new `key` starts anew. Without `everyMs` it
 * loads once.
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
    const next = () => {
      if (open && everyMs !== undefined) timer = window.setTimeout(look, everyMs);
    };
    const look = () => {
      if (document.hidden) return next();
      latest
        .current()
        .then(
          (value) => open && setState({ key, value, error: undefined, at: Date.now() }),
          (error: unknown) =>
            open &&
            setState((old) => (old.key === key ? { ...old, error } : { ...nothing, key, error })),
        )
        .finally(next);
    };
    look();
    return () => {
      open = false;
      window.clearTimeout(timer);
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
