import * as React from "react";

export type Live<T> = {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly refresh: () => void;
};

/** Loads now and again every `everyMs` (2 s) while the page is open; `key` changes start anew. */
export function useLive<T>(
  load: () => Promise<T>,
  { key, everyMs = 2000 }: { readonly key: string; readonly everyMs?: number },
): Live<T> {
  const [state, setState] = React.useState<{ value?: T; error?: string }>({});
  const [round, setRound] = React.useState(0);
  const latest = React.useRef(load);
  latest.current = load;

  React.useEffect(() => setState({}), [key]);
  React.useEffect(() => {
    let open = true;
    let timer = 0;
    const look = () => {
      latest
        .current()
        .then(
          (value) => open && setState({ value }),
          (error: Error) => open && setState((old) => ({ ...old, error: error.message })),
        )
        .finally(() => {
          if (open) timer = window.setTimeout(look, everyMs);
        });
    };
    look();
    return () => {
      open = false;
      window.clearTimeout(timer);
    };
  }, [key, everyMs, round]);

  const refresh = React.useCallback(() => setRound((n) => n + 1), []);
  return { value: state.value, error: state.error, refresh };
}
