import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import type { VersionView } from "../view/cell-view.ts";

/** The images of a delivery, and the commit that they stand in. */
export function Version(props: { readonly version: VersionView; readonly label?: string }) {
  const { version, label } = props;
  return (
    <div className="fg-version">
      {label !== undefined && <span className="fg-secondary">{label}</span>}
      {version.images.map(({ name, version: tag }) => (
        <div key={name} className="fg-code">
          {name} <b>{tag}</b>
        </div>
      ))}
      <span className="fg-secondary">
        commit{" "}
        <span className="fg-code">
          <HostLink url={version.commit.url}>{version.commit.text}</HostLink>
        </span>
      </span>
    </div>
  );
}
