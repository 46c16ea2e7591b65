import * as React from "react";
import { ownConnectionName } from "../../core/health-check/connection.ts";
import type { FoundCheck } from "../../core/health-check/found-check.ts";
import type { HealthCheckPlan } from "../view/health-check-plan.ts";
import { ActButton } from "./act-button.tsx";

/** A check that stands there and asks for what is chosen: in what it is otherwise. */
export function StandingCheck(props: {
  readonly of: HealthCheckPlan["same"][number];
  readonly plan: HealthCheckPlan;
  /** What it waits for. */
  readonly name: string;
  /** Link to where it stands. */
  readonly on: React.ReactNode;
  readonly update: (found: FoundCheck) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
  readonly done: () => void;
}) {
  const { of, plan, name, on, update, remove, done } = props;
  const { found, differences } = of;
  const isOtherwise = differences.length > 0;
  return (
    <>
      <p>
        Check {found.id} on {on} {waitsFor(found)} {name}
        {plan.body === undefined
          ? "."
          : isOtherwise
            ? ". Otherwise than above:"
            : ", as above: nothing is to be done."}
      </p>
      {isOtherwise && (
        <ul className="fg-plain-list">
          {differences.map(({ setting, was, wanted }) => (
            <li key={setting}>
              {setting}: <span className="fg-code">{was === "" ? "not set" : was}</span>, above{" "}
              <span className="fg-code">{wanted === "" ? "not set" : wanted}</span>
            </li>
          ))}
        </ul>
      )}
      {isOtherwise && plan.makesConnection !== "" && (
        <p>
          To update it creates the service connection {ownConnectionName} to {plan.makesConnection}{" "}
          first.
        </p>
      )}
      <div className="fg-actions">
        {isOtherwise && (
          <ActButton text={`Update check ${found.id}`} act={() => update(found)} done={done} />
        )}
        <ActButton text={`Remove check ${found.id}`} act={() => remove(found.id)} done={done} />
      </div>
    </>
  );
}

/** A disabled one lets every stage pass. */
export function waitsFor({ isDisabled }: FoundCheck): string {
  return isDisabled === true
    ? "is disabled, so stages pass without it; enabled it waits for"
    : "waits for";
}
