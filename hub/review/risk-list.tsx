import * as React from "react";
import { Mark } from "../components/mark.tsx";
import type { RiskView } from "../view/changes-view.ts";

/** What to look at twice; choosing one opens its object. */
export function RiskList(props: {
  readonly risks: readonly RiskView[];
  readonly onChoose: (key: string) => void;
}) {
  return (
    <ul className="fg-risks">
      {props.risks.map(({ severity, object, key, text }, index) => (
        <li key={index}>
          <Mark tone={severity === "high" ? "bad" : "warning"}>
            {severity === "high" ? "High" : "Medium"}
          </Mark>
          <span>
            <button type="button" className="fg-link" onClick={() => props.onChoose(key)}>
              {object}
            </button>{" "}
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
