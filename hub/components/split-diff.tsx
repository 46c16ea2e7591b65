import * as React from "react";
import type { SplitRow } from "../view/split-lines.ts";

/** Before on the left, after on the right; where there is no room for both, one below the other. */
export function SplitRows(props: { readonly rows: readonly SplitRow[]; readonly label: string }) {
  return (
    <div className="fg-split" role="group" aria-label={props.label} tabIndex={0}>
      {props.rows.map((row, index) => (
        <SplitCells key={index} row={row} />
      ))}
    </div>
  );
}

/** Both sides of one row. */
export function SplitCells({ row: { left, right, isSame } }: { readonly row: SplitRow }) {
  return (
    <>
      <Side text={left} kind={isSame ? "same" : "removed"} />
      <Side text={right} kind={isSame ? "same" : "added"} isCopy={isSame} />
    </>
  );
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function Side(props: {
  readonly text: string | undefined;
  readonly kind: "same" | "removed" | "added";
  /** The same text as on the left: it is not read twice. */
  readonly isCopy?: boolean;
}) {
  const { text, kind, isCopy = false } = props;
  if (text === undefined) return <span className="fg-split-none" aria-hidden="true" />;
  const hidden = isCopy ? ({ "aria-hidden": true } as const) : {};
  return (
    <span className={`fg-split-side fg-line-${kind}${isCopy ? " fg-split-copy" : ""}`} {...hidden}>
      <span className="fg-sign">{signs[kind]}</span>
      {text}
    </span>
  );
}
