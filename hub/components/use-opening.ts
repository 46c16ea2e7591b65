import * as React from "react";

/** What became of a pull request that a button opens. */
export type Opening =
  | { readonly state: "none" }
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly id: number }
  | { readonly state: "failed"; readonly error: unknown };

/** Opens it once, however often the button is pressed meanwhile; `open` answers its number. */
export function useOpening(open: () => Promise<number>): {
  readonly made: Opening;
  readonly press: () => void;
} {
  const [made, setMade] = React.useState<Opening>({ state: "none" });
  const press = () => {
    if (made.state === "opening") return;
    setMade({ state: "opening" });
    open().then(
      (id) => setMade({ state: "open", id }),
      (error: unknown) => setMade({ state: "failed", error }),
    );
  };
  return { made, press };
}
