import * as React from "react";

/** A part of a page under its heading. */
export function Section(props: {
  readonly title: string;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  const id = `section-${props.title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  return (
    <section className="fg-section" aria-labelledby={id}>
      <div className="fg-section-head">
        <h2 id={id}>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
