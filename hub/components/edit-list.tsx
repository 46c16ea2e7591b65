import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { EditView } from "../../core/diff/edit-view.ts";
import { EditRow } from "./edit-row.tsx";

const step = 50;

/** The edits of one object; many of them in portions. */
export function EditList({ edits }: { readonly edits: readonly EditView[] }) {
  const [most, setMost] = React.useState(step);
  const left = edits.length - most;
  return (
    <>
      <ul className="fg-edits">
        {edits.slice(0, most).map((edit, index) => (
          <EditRow key={index} edit={edit} />
        ))}
      </ul>
      {left > 0 && (
        <Button
          subtle={true}
          text={`Show ${Math.min(left, 4 * step)} more of ${left} edits`}
          onClick={() => setMost(most + 4 * step)}
        />
      )}
    </>
  );
}
