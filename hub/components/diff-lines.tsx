import * as React from "react";
import type { ShownLine } from "../view/long-lines.ts";
import { splitLines } from "../view/split-lines.ts";
import { useDiffStyle } from "./diff-style.ts";
import { LineRow, LongLines } from "./long-lines.tsx";
import { SplitRows } from "./split-diff.tsx";

/** So few lines are shown with all that they hold. */
const mostWrapped = 8;

/** Lines with their signs; of a long text those in sight, the others come with the scrolling. */
export function DiffLines(props: {
  /** The first of them. */
  readonly lines: readonly ShownLine[];
  /** How many there are. */
  readonly total: number;
  readonly label: string;
  readonly object: string;
  /** Absent: all of an object. */
  readonly edit?: number;
}) {
  const { lines, total, label, edit } = props;
  // Of one long value the end may be all that differs; of a text the lines stay lines.
  const isValue = edit !== undefined && total <= mostWrapped;
  const isSplit = useDiffStyle() === "split" && (total > lines.length || isBothSides(lines));
  const rows = React.useMemo(() => (isSplit ? splitLines(lines) : []), [lines, isSplit]);
  if (total > lines.length) return <LongLines {...props} layout={isSplit ? "split" : "inline"} />;
  if (isSplit) return <SplitRows rows={rows} label={label} />;
  return (
    <pre
      className={isValue ? "fg-lines fg-lines-wrapped" : "fg-lines"}
      role="group"
      aria-label={label}
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <LineRow key={index} line={line} />
      ))}
    </pre>
  );
}

// An object that is added or removed as a whole has nothing to stand beside.
function isBothSides(lines: readonly ShownLine[]): boolean {
  return lines.some(({ sign }) => sign === "+") && lines.some(({ sign }) => sign === "-");
}
