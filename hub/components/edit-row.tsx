import * as React from "react";
import type { EditPart } from "../view/object-body.ts";
import { DiffLines } from "./diff-lines.tsx";
import { useDiffStyle } from "./diff-style.ts";

/** One field: its path, and the value before and after. */
export function EditRow({ edit, object }: { readonly edit: EditPart; readonly object: string }) {
  const { path, noise, body } = edit;
  const isSplit = useDiffStyle() === "split";
  return (
    <div className={noise === undefined ? "fg-edit" : "fg-edit fg-edit-noise"}>
      <span className="fg-path">{path}</span>
      {body.form === "inline" ? (
        <span className={isSplit ? "fg-values fg-values-split" : "fg-values"}>
          {body.before !== undefined && (
            <del>
              <span className="fg-sign" aria-hidden="true">
                -
              </span>
              {body.before}
            </del>
          )}
          {body.after !== undefined && (
            <ins>
              <span className="fg-sign" aria-hidden="true">
                +
              </span>
              {body.after}
            </ins>
          )}
        </span>
      ) : (
        <div className="fg-values">
          {body.note !== undefined && <span className="fg-secondary">{body.note}</span>}
          <DiffLines {...body} object={object} label={path} />
        </div>
      )}
    </div>
  );
}
