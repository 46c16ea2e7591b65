import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { CellView } from "../view/cell-view.ts";
import { Version } from "./version.tsx";

/** One application in one environment: how it is, what it runs, and who wants something of it. */
export function Cell(props: {
  readonly cell: CellView;
  /** `shop/api in prod` */
  readonly label: string;
  readonly onOpen?: () => void;
}) {
  const { cell, label, onOpen } = props;
  return (
    <div className="fg-cell">
      <Mark tone={cell.tone}>
        {onOpen === undefined ? (
          cell.state
        ) : (
          <button
            type="button"
            className="fg-link"
            aria-label={`${cell.state}: open ${label}`}
            onClick={onOpen}
          >
            {cell.state}
          </button>
        )}
        {cell.age !== undefined && <span className="fg-secondary"> {cell.age}</span>}
      </Mark>
      {cell.cause !== "" && <p className="fg-cause">{cell.cause}</p>}
      {cell.versions.map((version) => (
        <Version
          key={`${version.label} ${version.folder}`}
          version={version}
          first={cell.versions.find(({ folder }) => folder === version.folder) ?? version}
        />
      ))}
      {cell.behind !== undefined && <span className="fg-secondary">{cell.behind}</span>}
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
