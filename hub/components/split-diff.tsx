import * as React from "react";
import type { DiffLine } from "../../core/diff/edit-view.ts";
import { splitLines } from "../view/split-lines.ts";

/** Before on the left, after on the right; where there is no room for both, one below the other. */
export function SplitDiff(props: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  const rows = React.useMemo(() => splitLines(props.lines), [props.lines]);
  return (
    <div className="fg-split" role="group" aria-label={props.label} tabIndex={0}>
      {rows.map(({ left, right, isSame }, index) => (
        <React.Fragment key={index}>
          <Side text={left} kind={isSame ? "same" : "removed"} />
          <Side text={right} kind={isSame ? "same" : "added"} isCopy={isSame} />
        </React.Fragment>
      ))}
    </div>
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
