import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import type { VersionView } from "../view/cell-view.ts";

const mostImages = 6;

/** Images, which of wanted, running and last healthy they are, and the commit that names them. */
export function Version(props: { readonly version: VersionView; readonly first: VersionView }) {
  const { version, first } = props;
  const { commit, folder } = version;
  const label = folder === undefined ? version.label : `${version.label} in ${folder}`;
  const isSame =
    version !== first &&
    version.images.length > 0 &&
    JSON.stringify(version.images) === JSON.stringify(first.images);
  const images = isSame ? [] : version.images;
  return (
    <div className="fg-version">
      <span className="fg-secondary">{isSame ? `${label}: as ${first.label}` : label}</span>
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
