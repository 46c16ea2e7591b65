import * as React from "react";
import { useHost } from "./host-context.tsx";

/** What the address says is shown: a link to it shows the same again. */
export type PlaceValues = Readonly<Record<string, string>>;

export type PlaceInAddress = {
  /** Undefined until the host has told it. */
  readonly values: PlaceValues | undefined;
  /** Another page: the back button leads back. */
  readonly go: (values: PlaceValues) => void;
  /** The same page with another filter; empty values are left out. */
  readonly change: (values: PlaceValues) => void;
};

type PlaceOptions = {
  /** What is shown where the address names no view. */
  readonly home?: string;
  /** False: the query is the host's own page's, as on a pull request. */
  readonly readsQuery?: boolean;
};

/**
 * The place in the host's address. It stands in the hash, which the browser's history keeps; what
 * others link with (`?environment=prod`) is read too, until somebody goes elsewhere.
 */
export function usePlace({
  home = "environments",
  readsQuery = true,
}: PlaceOptions = {}): PlaceInAddress {
  const { navigation } = useHost();
  const [values, setValues] = React.useState<PlaceValues>();
  React.useEffect(() => {
    let here = true;
    const query = readsQuery ? navigation.query() : Promise.resolve<PlaceValues>({});
    void Promise.all([query, navigation.hash()]).then(([linked, hash]) => {
      if (here) setValues(hash === "" ? linked : valuesOf(hash));
    });
    const stop = navigation.onHash((hash) => setValues(valuesOf(hash)));
    return () => {
      here = false;
      stop();
    };
  }, [navigation, readsQuery]);
  const go = React.useCallback(
    (next: PlaceValues) => {
      setValues(next);
      navigation.setHash(hashOf(next, home));
    },
    [navigation, home],
  );
  const change = React.useCallback(
    (some: PlaceValues) => {
      setValues((now) => {
        const next = { ...now, ...some };
        navigation.replaceHash(hashOf(next, home));
        return next;
      });
    },
    [navigation, home],
  );
  return { values, go, change };
}

function valuesOf(hash: string): PlaceValues {
  return Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
}

/** Never empty: an empty hash would leave the word to the query. */
function hashOf(values: PlaceValues, home: string): string {
  const some = Object.entries(values).filter(([, value]) => value !== "");
  return new URLSearchParams([
    ...some.filter(([key]) => key !== "view"),
    ["view", values["view"] || home],
  ]).toString();
}
