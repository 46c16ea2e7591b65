import * as React from "react";
import { useBodies } from "../components/body-source.ts";
import type { ObjectView } from "../view/changes-view.ts";

export type Filtered = {
  readonly objects: readonly ObjectView[];
  readonly error: unknown;
};

/**
 * The objects that hold every word of a text, looked for where the bodies are. Until the answer is
 * there the last one stays.
 */
export function useFilter(objects: readonly ObjectView[], text: string): Filtered {
  const { source } = useBodies();
  const [found, setFound] = React.useState<Found>({ source });
  const words = text.trim();
  React.useEffect(() => {
    if (words === "") {
      setFound({ source });
      return undefined;
    }
    let newest = true;
    source.find(words).then(
      (keys) => {
        if (newest) setFound({ source, keys: new Set(keys) });
      },
      (error: unknown) => {
        if (newest) setFound({ source, error });
      },
    );
    return () => {
      newest = false;
    };
  }, [source, words]);
  const { keys, error } = found.source === source ? found : { keys: undefined, error: undefined };
  const left = React.useMemo(
    () => (keys === undefined ? objects : objects.filter(({ key }) => keys.has(key))),
    [objects, keys],
  );
  return { objects: left, error };
}

type Found = {
  readonly source: unknown;
  /** Absent: nothing is looked for. */
  readonly keys?: ReadonlySet<string>;
  readonly error?: unknown;
};
