import * as React from "react";

/** A part of a page on its own sheet. */
export function Card(props: {
  readonly title?: string;
  readonly aside?: React.ReactNode;
  readonly flush?: boolean;
  readonly children: React.ReactNode;
}) {
  const { title, aside, flush = false, children } = props;
  return (
    <section className={`portal-card ${flush ? "portal-card-flush" : ""}`} aria-label={title}>
      {title !== undefined && (
        <div className="portal-card-head">
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
