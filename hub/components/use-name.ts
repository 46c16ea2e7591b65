import * as React from "react";

let named = 0;

/** A name for ids, another one for each that asks: the same part may stand on a page twice. */
export function useName(): string {
  const [name] = React.useState(() => String((named += 1)));
  return name;
}
