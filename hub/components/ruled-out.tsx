import * as React from "react";
import { count } from "../../core/count.ts";
import type { RuledView } from "../view/changes-view.ts";
import { Warning } from "./note.tsx";

/** What rules of the team have folded, by rule and with its reason; and rules that count for nothing. */
export function RuledOut({ of }: { readonly of: RuledView }) {
  const { rules, problems } = of;
  const all = rules.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <>
      {problems.length > 0 && <Warning>{problems.join("; ")}</Warning>}
      {rules.length > 0 && (
        <div className="fg-expected">
          <p className="fg-secondary">
            {count(all, "edit")} minor by {count(rules.length, "rule")} of the team, none of an
            object with a risk:
          </p>
          <ul className="fg-plain-list">
            {rules.map(({ amount, path, about, reason }) => (
              <li key={`${about} ${path} ${reason}`} className="fg-secondary">
                {amount} of <span className="fg-code">{path}</span> of {about}: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
