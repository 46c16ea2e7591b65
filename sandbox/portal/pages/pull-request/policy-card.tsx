import * as React from "react";
import { Card } from "../../components/card.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { runAddress } from "../../addresses.ts";
import type { PolicyEvaluation } from "../../rest-types.ts";
import { policyName, policyState } from "./policy-text.ts";

/** Every policy of the target branch and whether it lets the merge through. */
export function PolicyCard(props: {
  readonly base: string;
  readonly policies: readonly PolicyEvaluation[];
}) {
  const required = props.policies.filter(({ configuration }) => configuration.isBlocking);
  const optional = props.policies.filter(({ configuration }) => !configuration.isBlocking);
  if (props.policies.length === 0) {
    return (
      <Card title="Policies">
        <p className="portal-empty">The target branch has none: anybody who may, can merge.</p>
      </Card>
    );
  }
  return (
    <Card title="Policies">
      {[
        { label: "Required", policies: required },
        { label: "Optional", policies: optional },
      ]
        .filter(({ policies }) => policies.length > 0)
        .map(({ label, policies }) => (
          <div key={label}>
            <h3 className="portal-sub">{label}</h3>
            <ul className="portal-plain">
              {policies.map((policy) => (
                <li key={policy.evaluationId}>
                  <StateMark state={policyState(policy)} text={policyName(policy)} />
                  {policy.context?.buildId !== undefined && (
                    <a href={runAddress(props.base, policy.context.buildId)}>
                      Run {policy.context.buildId}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
    </Card>
  );
}
