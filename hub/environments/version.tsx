import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import type { VersionView } from "../view/cell-view.ts";

const mostImages = 6;

/** Images, which of wanted, running and last healthy they are, and the commit that names them. */
export function Version({ version }: { readonly version: VersionView }) {
  const { label, images, commit } = version;
  return (
    <div className="fg-version">
      <span className="fg-secondary">{label}</span>
      {images.slice(0, mostImages).map(({ name, version: tag }) => (
        <div key={`${name}:${tag}`} className="fg-code">
          {name} <b>{tag}</b>
        </div>
      ))}
      {images.length > mostImages && (
        <span className="fg-secondary">and {images.length - mostImages} more</span>
      )}
      {commit !== undefined && (
        <span className="fg-secondary">
          commit{" "}
          <span className="fg-code">
            <HostLink url={commit.url}>{commit.text}</HostLink>
          </span>
        </span>
      )}
    </div>
  );
}
