import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { TraceView } from "../view/trace-view.ts";

/** One way into an environment, hop by hop. */
export function Journey({ view }: { readonly view: TraceView }) {
  const id = `trace-${view.key}`;
  return (
    <section className="fg-section" aria-labelledby={id}>
      <div className="fg-section-head">
        <h2 id={id}>{view.title}</h2>
        <span className="fg-secondary">{view.total}</span>
      </div>
      <ol className="fg-hops">
        {view.hops.map(({ name, text, url, tone, took }) => (
          <li key={name} className="fg-hop">
            <span className="fg-secondary">{name}</span>
            <Mark tone={tone}>
              {url === undefined ? text : <HostLink url={url}>{text}</HostLink>}
            </Mark>
            {took !== "" && <span className="fg-secondary">{took}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
