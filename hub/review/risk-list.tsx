import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Mark } from "../components/mark.tsx";
import type { RiskView } from "../view/changes-view.ts";

const mostAtFirst = 12;
/** A change of thousands of objects may have as many. */
const step = 100;

/** What to look at twice; choosing one opens its object. */
export function RiskList(props: {
  readonly risks: readonly RiskView[];
  readonly onChoose: (key: string) => void;
}) {
  const [most, setMost] = React.useState(mostAtFirst);
  const shown = props.risks.slice(0, most);
  const left = props.risks.length - shown.length;
  return (
    <>
      <ul className="fg-risks">
        {shown.map(({ severity, object, key, text }, index) => (
          <li key={index}>
            <Mark tone={severity === "high" ? "bad" : "warning"}>
              {severity === "high" ? "High" : "Medium"}
            </Mark>
            <span>
              {key === undefined ? (
                object
              ) : (
                <button type="button" className="fg-link" onClick={() => props.onChoose(key)}>
                  {object}
                </button>
              )}{" "}
              {text}
            </span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button
          subtle={true}
          text={left > step ? `Show ${step} more of ${left}` : `Show ${left} more`}
          onClick={() => setMost(most + step)}
        />
      )}
    </>
  );
}
