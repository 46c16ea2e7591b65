import * as React from "react";
import { useHost } from "./host-context.tsx";

/** A link to a page of Azure DevOps: it replaces the host's page, not this frame. */
export function HostLink(props: { readonly url: string; readonly children: React.ReactNode }) {
  const { navigation } = useHost();
  const follow = (event: React.MouseEvent) => {
    // With a key held the browser opens a new tab, as everywhere.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigation.open(props.url);
  };
  return (
    <a className="fg-link" href={props.url} rel="noopener" onClick={follow}>
      {props.children}
    </a>
  );
}
