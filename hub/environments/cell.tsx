import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { CellView } from "../view/cell-view.ts";
import { Version } from "./version.tsx";

/** One delivery in one environment: how it is, what it runs, and who wants something of it. */
export function Cell({ cell }: { readonly cell: CellView }) {
  return (
    <div className="fg-cell">
      <Mark tone={cell.tone}>
        {cell.state}
        {cell.age !== undefined && <span className="fg-secondary"> {cell.age}</span>}
      </Mark>
      {cell.cause !== "" && <p className="fg-cause">{cell.cause}</p>}
      {cell.version !== undefined && cell.wanted === undefined && (
        <Version version={cell.version} />
      )}
      {cell.version !== undefined && cell.wanted !== undefined && (
        <>
          <Version version={cell.version} label="last healthy" />
          <Version version={cell.wanted} label="wanted" />
        </>
      )}
      {cell.reviews.map(({ text, url }) => (
        <div key={url}>
          <HostLink url={url}>{text}</HostLink>
        </div>
      ))}
      {cell.waits.map(({ text, url }) => (
        <Mark key={url} tone="waiting">
          <HostLink url={url}>{text}</HostLink>
        </Mark>
      ))}
    </div>
  );
}
