import * as React from "react";
import { useName } from "./use-name.ts";

/** A part of a page under its heading. */
export function Section(props: {
  readonly title: string;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  // Titles hold anybody's names: clusters w1 and w2, or two that are markup.
  const id = `section-${useName()}`;
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
