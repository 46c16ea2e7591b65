import * as React from "react";
import type { PlaceInAddress } from "./use-place.ts";

const tabs = [
  ["environments", "Environments"],
  ["trace", "Trace"],
  ["compare", "Compare"],
] as const;

/** The pages of the hub, as links that the keyboard reaches. */
export function PageTabs({
  place,
  view,
}: {
  readonly place: PlaceInAddress;
  readonly view: string;
}) {
  return (
    <nav className="fg-tabs" aria-label="Pages">
      {tabs.map(([id, title]) => (
        <button
          key={id}
          type="button"
          className="fg-tab"
          aria-current={view === id ? "page" : undefined}
          onClick={() => place.go({ view: id })}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
