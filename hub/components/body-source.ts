import * as React from "react";
import type { Comparer } from "../data/beside/comparer.ts";
import type { Bodies } from "../view/bodies.ts";
import { keepNewest } from "../view/keep-newest.ts";

/** Where what is not on the screen yet comes from: the worker that compared. */
export type BodySource = {
  readonly [Name in keyof Bodies]: (
    of: Parameters<Bodies[Name]>[0],
  ) => Promise<ReturnType<Bodies[Name]>>;
} & {
  /** What was answered before: what comes into sight again is there at once. */
  readonly known: Map<string, unknown>;
  /** What is being asked: rows that need the same part ask once. */
  readonly open: Map<string, Promise<unknown>>;
};

/** Bodies of a result that a worker holds. */
export function heldBodies(comparer: Comparer, id: string): BodySource {
  return {
    known: new Map(),
    open: new Map(),
    body: (of) => comparer.ask("body", { id, ...of }),
    lines: (of) => comparer.ask("lines", { id, ...of }),
    find: (text) => comparer.ask("find", { id, text }),
  };
}

type Shown = {
  readonly source: BodySource;
  /** Compares anew, where the worker is gone. */
  readonly renew: () => void;
};

const Context = React.createContext<Shown | undefined>(undefined);

export const BodiesProvider = Context.Provider;

export function useBodies(): Shown {
  const shown = React.useContext(Context);
  if (shown === undefined) throw new Error("Failed to show an object: nothing was compared");
  return shown;
}

const mostKnown = 300;

/** What the source answers, asked once; `key` names the question. */
export function useAnswer<Value>(
  key: string,
  ask: (source: BodySource) => Promise<Value>,
): { readonly value: Value | undefined; readonly error: unknown } {
  const { source } = useBodies();
  const [state, setState] = React.useState<State<Value>>({ key, source });
  const isMine = state.key === key && state.source === source;
  const known = (isMine ? state.value : undefined) ?? (source.known.get(key) as Value | undefined);
  React.useEffect(() => {
    if (known !== undefined) return undefined;
    let here = true;
    askOnce(source, key, ask).then(
      (value) => {
        if (here) setState({ key, source, value });
      },
      (error: unknown) => {
        if (here) setState({ key, source, error });
      },
    );
    return () => {
      here = false;
    };
  }, [source, key]);
  return { value: known, error: isMine ? state.error : undefined };
}

function askOnce<Value>(
  source: BodySource,
  key: string,
  ask: (source: BodySource) => Promise<Value>,
): Promise<Value> {
  const open = source.open.get(key) as Promise<Value> | undefined;
  if (open !== undefined) return open;
  const asked = ask(source).then((value) => {
    keepNewest<string, unknown>(source.known, { key, value, most: mostKnown });
    return value;
  });
  source.open.set(key, asked);
  return asked.finally(() => source.open.delete(key));
}

type State<Value> = {
  readonly key: string;
  readonly source: BodySource;
  readonly value?: Value;
  readonly error?: unknown;
};
