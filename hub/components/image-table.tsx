import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { ImageView } from "../view/changes-view.ts";

/** Which images change, from what to what, and who uses them. */
export function ImageTable({ images }: { readonly images: readonly ImageView[] }) {
  const [most, setMost] = React.useState(step);
  const left = images.length - most;
  return (
    <>
      <Rows images={images.slice(0, most)} />
      {left > 0 && (
        <Button
          subtle={true}
          text={`Show ${Math.min(left, step)} more of ${left} images`}
          onClick={() => setMost(most + step)}
        />
      )}
    </>
  );
}

const step = 50;
const mostUsers = 20;

function Rows({ images }: { readonly images: readonly ImageView[] }) {
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
            <th scope="row" className={codeClass(name, renamedFrom)}>
              {name}
              {renamedFrom !== undefined && (
                <div className="fg-secondary">before: {renamedFrom}</div>
              )}
            </th>
            <td className={codeClass(from)}>
              {from === undefined ? "not used" : <del>{tag(from)}</del>}
            </td>
            <td className={codeClass(to)}>
              {to === undefined ? "not used" : <ins>{tag(to)}</ins>}
            </td>
            <td>
              {usedBy.slice(0, mostUsers).join(", ")}
              {usedBy.length > mostUsers && ` and ${usedBy.length - mostUsers} more`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** More characters than this would push the other columns off the page. */
const longest = 44;

function codeClass(...texts: readonly (string | undefined)[]): string {
  const isLong = texts.some((text) => text !== undefined && tag(text).length > longest);
  return isLong ? "fg-code fg-long" : "fg-code";
}

// `sha256:…` at its full length hides everything else.
function tag(version: string): string {
  return version === "" ? "(no tag)" : version.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
}
