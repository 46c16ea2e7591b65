import * as React from "react";

export type Live<T> = {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly refresh: () => void;
};

/**
 * Loads now and again every `everyMs` (2 s) while the page is open and on screen; a changed `key`
 * starts anew.
 */
export function useLive<T>(
  load: () => Promise<T>,
  { key, everyMs = 2000 }: { readonly key: string; readonly everyMs?: number },
): Live<T> {
  const [state, setState] = React.useState<{ key?: string; value?: T; error?: string }>({});
  const [round, setRound] = React.useState(0);
  const latest = React.useRef(load);
  latest.current = load;

  React.useEffect(() => {
    let open = true;
    let timer = 0;
    const again = () => {
      if (open) timer = window.setTimeout(look, everyMs);
    };
    const look = () => {
      if (document.hidden) return again();
      latest
        .current()
        .then(
          (value) => open && setState({ key, value }),
          (error: Error) =>
            open &&
            setState((old) => ({ ...(old.key === key ? old : { key }), error: error.message })),
        )
        .finally(again);
    };
    look();
    return () => {
      open = false;
      window.clearTimeout(timer);
    };
  }, [key, everyMs, round]);

  const refresh = React.useCallback(() => setRound((n) => n + 1), []);
  const own = state.key === key ? state : {};
  return { value: own.value, error: own.error, refresh };
}
