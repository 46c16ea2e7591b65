import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { DiffLine } from "../../core/diff/edit-view.ts";

const mostAtFirst = 200;
const signNames = { "+": "added", "-": "removed", " ": "unchanged" } as const;

/** Lines with their signs; a long text shows its beginning first. */
export function DiffLines(props: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  const [most, setMost] = React.useState(mostAtFirst);
  const left = props.lines.length - most;
  return (
    <>
      <pre className="fg-lines" role="group" aria-label={props.label} tabIndex={0}>
        {props.lines.slice(0, most).map(({ sign, text }, index) => (
          <div key={index} className={`fg-line fg-line-${signNames[sign]}`}>
            <span className="fg-sign">{sign}</span>
            {text}
          </div>
        ))}
      </pre>
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
