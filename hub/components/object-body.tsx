import * as React from "react";
import type { ObjectView } from "../view/changes-view.ts";
import { noiseText } from "../view/noise-text.ts";
import { DiffLines } from "./diff-lines.tsx";
import { EditList, useBodyPart } from "./edit-list.tsx";
import { Failed } from "./failed.tsx";
import { Origin } from "./origin.tsx";

const rowHeight = 28;
const mostRows = 30;

/** What an opened object shows: its edits, or all of an added or removed one. */
export function ObjectBody(props: { readonly object: ObjectView; readonly showNoise: boolean }) {
  const { object, showNoise } = props;
  const of = { object: object.key, withNoise: showNoise };
  const { value, error } = useBodyPart(of, 0);
  const label = `${object.kind} ${object.name}`;
  if (error !== undefined) return <Failed error={error} />;
  if (value === undefined) {
    const height = rowHeight * Math.min(mostRows, object.rows);
    return (
      <p className="fg-secondary" style={{ height }}>
        Reading what changes in it…
      </p>
    );
  }
  if (value.form === "lines") {
    return (
      <>
        <DiffLines {...value} object={object.key} label={label} />
        <Origin object={object} />
      </>
    );
  }
  const noise = noiseText(object.noise, showNoise);
  return (
    <>
      <EditList {...of} edits={value.edits} total={value.total} label={label} />
      {noise !== undefined && <p className="fg-secondary fg-noise">{noise}</p>}
      <p className="fg-secondary fg-file">{object.file}</p>
      <Origin object={object} />
    </>
  );
}
