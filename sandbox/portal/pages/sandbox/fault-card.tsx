import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Card } from "../../components/card.tsx";
import type { FaultRow, Faults } from "./fault-switches.ts";

/** One switch: what it does, how far it is, and the numbers to set. */
export function FaultCard(props: {
  readonly row: FaultRow;
  readonly faults: Faults;
  readonly onApply: (changes: readonly object[]) => void;
}) {
  const { row, faults, onApply } = props;
  const [values, setValues] = React.useState(row.fields.map(({ initial }) => initial));
  const [first] = row.fields;
  const left = first?.now(faults) ?? 0;
  const changes = (on: boolean) =>
    row.fields.map(({ change }, index) => change(!on && index === 0 ? 0 : (values[index] ?? 0)));
  return (
    <Card
      title={row.name}
      aside={
        <span role="status" className={left > 0 ? "portal-tag portal-on" : "portal-tag"}>
          {left > 0
            ? `${left} ${first?.label ?? ""}${first?.label === "milliseconds" ? "" : " left"}`
            : "off"}
        </span>
      }
    >
      <p>{row.text}</p>
      <div className="portal-fault-fields">
        {row.fields.map(({ label }, index) => (
          <label key={label}>
            {label.charAt(0).toUpperCase() + label.slice(1)}
            <input
              type="number"
              min={0}
              value={values[index]}
              onChange={(event) =>
                setValues(
                  values.map((one, at) => (at === index ? Number(event.target.value) : one)),
                )
              }
            />
          </label>
        ))}
        <Button
          text="Switch on"
          ariaLabel={`Switch on: ${row.name}`}
          onClick={() => onApply(changes(true))}
        />
        {left > 0 && (
          <Button
            subtle={true}
            text="Off"
            ariaLabel={`Switch off: ${row.name}`}
            onClick={() => onApply(changes(false))}
          />
        )}
      </div>
    </Card>
  );
}
