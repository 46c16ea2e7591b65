import * as React from "react";

/** Where something is about to stand. Said once to those who cannot see it. */
export function Skeleton({ label, rows = 4 }: { readonly label: string; readonly rows?: number }) {
  return (
    <div className="fg-skeleton" role="status">
      <span className="fg-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="fg-bone" aria-hidden="true" />
      ))}
    </div>
  );
}
