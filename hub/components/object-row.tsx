import * as React from "react";
import { count } from "../../core/count.ts";
import type { ObjectView } from "../view/changes-view.ts";
import { ObjectBody } from "./object-body.tsx";
import { WhenNear } from "./when-near.tsx";

const signs = { added: "+", changed: "~", removed: "-" } as const;

/** One object: a line that opens to what changes in it. */
export function ObjectRow(props: {
  readonly object: ObjectView;
  /** Names it on the page, where the same object may stand more than once. */
  readonly id: string;
  readonly open: boolean;
  readonly showNoise: boolean;
  /** Leave the body out while it is far from the screen. */
  readonly lazy: boolean;
  readonly onToggle: () => void;
  /** Absent where nothing is ticked. */
  readonly viewed?: { readonly isOn: boolean; readonly toggle: () => void };
}) {
  const { object, id, open, showNoise, lazy, onToggle, viewed } = props;
  const body = <ObjectBody object={object} showNoise={showNoise} />;
  return (
    <>
      <h3 className="fg-object-line">
        <button
          type="button"
          className="fg-object-head"
          aria-expanded={open}
          aria-controls={`${id}-body`}
          onClick={onToggle}
        >
          <span className="fg-chevron" aria-hidden="true">
            {open ? "▾" : "▸"}
          </span>
          <span className={`fg-change fg-change-${object.change}`}>
            <span aria-hidden="true">{signs[object.change]} </span>
            {object.isKept ? "leaves git" : object.change}
          </span>
          <span className="fg-object-name">
            {object.kind} <b>{object.name}</b>
            {object.renamedFrom !== undefined && (
              <span className="fg-secondary"> (before: {object.renamedFrom})</span>
            )}
            {object.madeBy !== undefined && (
              <span className="fg-secondary"> by {object.madeBy}</span>
            )}
            {object.place !== undefined && <span className="fg-secondary"> {object.place}</span>}
          </span>
          {object.risks > 0 && <span className="fg-risk-count">{count(object.risks, "risk")}</span>}
          {object.isKept && <span className="fg-secondary">stays in the cluster</span>}
          {object.restarts && <span className="fg-secondary">pods restart</span>}
          {object.change === "changed" && (
            <span className="fg-secondary">{count(object.edits, "field")}</span>
          )}
        </button>
        {viewed !== undefined && (
          <label className="fg-viewed">
            <input type="checkbox" checked={viewed.isOn} onChange={viewed.toggle} /> Viewed
            <span className="fg-hidden">
              {object.kind} {object.name}
            </span>
          </label>
        )}
      </h3>
      <div id={`${id}-body`} className="fg-object-body" hidden={!open}>
        {open && (lazy ? <WhenNear>{body}</WhenNear> : body)}
      </div>
    </>
  );
}
