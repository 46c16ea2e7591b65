import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Card } from "../../components/card.tsx";
import type { Faults } from "./fault-switches.ts";

const methods = ["", "GET", "POST", "PATCH", "PUT", "DELETE"] as const;

/** Which requests the switches are about. */
export function FaultScope(props: {
  readonly faults: Faults;
  readonly onApply: (scope: {
    readonly path: string | null;
    readonly method: string | null;
  }) => void;
}) {
  const { faults, onApply } = props;
  const [path, setPath] = React.useState(faults.path ?? "");
  const [method, setMethod] = React.useState(faults.method ?? "");
  const about = [faults.method, faults.path && `paths like ${faults.path}`].filter(Boolean);
  return (
    <Card
      title="Only these requests"
      aside={
        <span role="status" className="portal-tag">
          {about.length === 0 ? "all requests" : about.join(", ")}
        </span>
      }
    >
      <p>
        A regular expression of the path, for example statuses or _apis/build, and a method. Empty
        means every request.
      </p>
      <div className="portal-fault-fields">
        <label>
          Path
          <input type="text" value={path} onChange={(event) => setPath(event.target.value)} />
        </label>
        <label>
          Method
          <select value={method} onChange={(event) => setMethod(event.target.value)}>
            {methods.map((one) => (
              <option key={one} value={one}>
                {one === "" ? "any" : one}
              </option>
            ))}
          </select>
        </label>
        <Button
          text="Apply"
          ariaLabel="Apply: only these requests"
          onClick={() => onApply({ path: path || null, method: method || null })}
        />
      </div>
    </Card>
  );
}
