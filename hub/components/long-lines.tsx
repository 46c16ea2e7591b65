import * as React from "react";
import type { ShownLine } from "../view/long-lines.ts";
import { linesAtOnce, type LinesPart } from "../view/object-body.ts";
import type { SplitRow } from "../view/split-lines.ts";
import { useAnswer } from "./body-source.ts";
import { Failed } from "./failed.tsx";
import { SplitCells } from "./split-diff.tsx";
import { VirtualBox } from "./virtual-box.tsx";

type Of = {
  readonly object: string;
  readonly edit?: number;
  readonly layout: "inline" | "split";
};

const signNames = { "+": "added", "-": "removed", " ": "unchanged" } as const;
const rowHeight = 18;

export function LineRow({ line: { sign, text, isRest } }: { readonly line: ShownLine }) {
  return (
    <div className={`fg-line fg-line-${signNames[sign]}`}>
      <span className="fg-sign">{isRest === true ? "↳" : sign}</span>
      {text}
    </div>
  );
}

/** Any number of lines in a box of their own, each asked for when it comes near. */
export function LongLines(props: Of & { readonly total: number; readonly label: string }) {
  const { label, layout, object, edit } = props;
  const of: Of = { object, layout, ...(edit === undefined ? {} : { edit }) };
  // Side by side there are fewer rows than lines: the first part says how many.
  const first = usePart(of, 0);
  if (first.error !== undefined) return <Failed error={first.error} />;
  const total = first.value?.total ?? props.total;
  return (
    <>
      <VirtualBox
        key={layout}
        label={label}
        count={total}
        rowHeight={rowHeight}
        className={layout === "split" ? "fg-box-split" : "fg-box-lines"}
        row={(index) => <Row of={of} index={index} />}
      />
      <p className="fg-secondary">{total} lines</p>
    </>
  );
}

function Row({ of, index }: { readonly of: Of; readonly index: number }) {
  const part = Math.floor(index / linesAtOnce);
  const { value, error } = usePart(of, part);
  if (error !== undefined) return <Failed error={error} />;
  const row = value?.rows[index - part * linesAtOnce];
  if (row === undefined) return <div className="fg-line">…</div>;
  return "sign" in row ? <LineRow line={row} /> : <SplitCells row={row} />;
}

function usePart(of: Of, part: number) {
  const from = part * linesAtOnce;
  return useAnswer<LinesPart<ShownLine | SplitRow>>(JSON.stringify(["lines", of, from]), (source) =>
    source.lines({ ...of, from }),
  );
}
