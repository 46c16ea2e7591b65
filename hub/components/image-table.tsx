import * as React from "react";
import type { ImageView } from "../view/changes-view.ts";

/** Which images change, from what to what, and who uses them. */
export function ImageTable({ images }: { readonly images: readonly ImageView[] }) {
  return (
    <table className="fg-table">
      <thead>
        <tr>
          <th scope="col">Image</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Used by</th>
        </tr>
      </thead>
      <tbody>
        {images.map(({ name, from, to, renamedFrom, usedBy }, index) => (
          <tr key={index}>
            <th scope="row" className="fg-code">
              {name}
              {renamedFrom !== undefined && (
                <div className="fg-secondary">before: {renamedFrom}</div>
              )}
            </th>
            <td className="fg-code">{from === undefined ? "not used" : <del>{tag(from)}</del>}</td>
            <td className="fg-code">{to === undefined ? "not used" : <ins>{tag(to)}</ins>}</td>
            <td>{usedBy.join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// `sha256:…` at its full length hides everything else.
function tag(version: string): string {
  return version === "" ? "(no tag)" : version.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
}
