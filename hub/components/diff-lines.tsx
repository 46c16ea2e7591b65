import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { DiffLine } from "../../core/diff/edit-view.ts";
import { useDiffStyle } from "./diff-style.ts";
import { SplitDiff } from "./split-diff.tsx";

const mostAtFirst = 200;
const signNames = { "+": "added", "-": "removed", " ": "unchanged" } as const;

/** Lines with their signs; a long text shows its beginning first. */
export function DiffLines(props: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  const [most, setMost] = React.useState(mostAtFirst);
  const left = props.lines.length - most;
  const shown = props.lines.slice(0, most);
  const isSplit = useDiffStyle() === "split" && isBothSides(shown);
  return (
    <>
      {isSplit ? (
        <SplitDiff lines={shown} label={props.label} />
      ) : (
        <Inline {...props} lines={shown} />
      )}
      {left > 0 && (
        <Button
          subtle={true}
          text={`Show ${Math.min(left, 5 * mostAtFirst)} more of ${left} lines`}
          onClick={() => setMost(most + 5 * mostAtFirst)}
        />
      )}
    </>
  );
}

function Inline({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  return (
    <pre className="fg-lines" role="group" aria-label={label} tabIndex={0}>
      {lines.map(({ sign, text }, index) => (
        <div key={index} className={`fg-line fg-line-${signNames[sign]}`}>
          <span className="fg-sign">{sign}</span>
          {text}
        </div>
      ))}
    </pre>
  );
}

// An object that is added or removed as a whole has nothing to stand beside.
function isBothSides(lines: readonly DiffLine[]): boolean {
  return lines.some(({ sign }) => sign === "+") && lines.some(({ sign }) => sign === "-");
}
