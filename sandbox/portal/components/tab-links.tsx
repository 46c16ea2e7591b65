import * as React from "react";

export type TabLink = {
  readonly name: string;
  readonly href: string;
  readonly selected: boolean;
  readonly count?: number;
};

/** Tabs that are pages of their own: links, so that each can be opened, kept and gone back to. */
export function TabLinks(props: { readonly label: string; readonly tabs: readonly TabLink[] }) {
  return (
    <nav className="portal-tabs" aria-label={props.label}>
      {props.tabs.map(({ name, href, selected, count }) => (
        <a key={href} href={href} aria-current={selected ? "page" : undefined}>
          {name}
          {count !== undefined && count > 0 && <span className="portal-badge">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
