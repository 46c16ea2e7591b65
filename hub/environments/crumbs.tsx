import * as React from "react";
import type { PlaceInAddress, PlaceValues } from "../components/use-place.ts";

/** The way back up. */
export function Crumbs(props: {
  readonly place: PlaceInAddress;
  readonly steps: readonly { readonly text: string; readonly values: PlaceValues }[];
}) {
  return (
    <nav aria-label="Way back" className="fg-crumbs">
      {props.steps.map(({ text, values }, index) => (
        <span key={text}>
          {index > 0 && <span aria-hidden="true">/ </span>}
          <button type="button" className="fg-link" onClick={() => props.place.go(values)}>
            {text === "Environments" ? "All environments" : text}
          </button>
        </span>
      ))}
    </nav>
  );
}
