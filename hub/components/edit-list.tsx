import * as React from "react";
import { type BodyPart, type EditPart, editsAtOnce } from "../view/object-body.ts";
import { useAnswer } from "./body-source.ts";
import { EditRow } from "./edit-row.tsx";
import { Failed } from "./failed.tsx";
import { VirtualBox } from "./virtual-box.tsx";

const rowHeight = 28;

type Of = { readonly object: string; readonly withNoise: boolean };

/** The edits of one object; of many those in sight, the others come with the scrolling. */
export function EditList(
  props: Of & {
    /** The first of them. */
    readonly edits: readonly EditPart[];
    /** How many there are. */
    readonly total: number;
    readonly label: string;
  },
) {
  const { object, withNoise, edits, total, label } = props;
  if (total <= edits.length) {
    return (
      <ul className="fg-edits">
        {edits.map((edit, index) => (
          <li key={index}>
            <EditRow edit={edit} object={object} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <VirtualBox
      label={`Edits of ${label}`}
      count={total}
      rowHeight={rowHeight}
      row={(index) => <Edit of={{ object, withNoise }} index={index} />}
    />
  );
}

function Edit({ of, index }: { readonly of: Of; readonly index: number }) {
  const part = Math.floor(index / editsAtOnce);
  const { value, error } = useBodyPart(of, part);
  if (error !== undefined) return <Failed error={error} />;
  const edit = value?.form === "edits" ? value.edits[index - part * editsAtOnce] : undefined;
  return edit === undefined ? (
    <div className="fg-edit">…</div>
  ) : (
    <EditRow edit={edit} object={of.object} />
  );
}

/** One part of what an opened object shows. */
export function useBodyPart(of: Of, part: number) {
  const from = part * editsAtOnce;
  return useAnswer<BodyPart>(JSON.stringify(["body", of, from]), (source) =>
    source.body({ ...of, from }),
  );
}
