import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { PipelineEnvironment } from "../../clients/azure-devops/pipeline-environments.ts";
import { ownConnectionName } from "../../core/health-check/connection.ts";
import { type FoundCheck, readAsked } from "../../core/health-check/found-check.ts";
import type { HealthCheck } from "../../core/health-check/health-check.ts";
import type { CheckPlace } from "../data/load-health-checks.ts";
import {
  createHealthCheck,
  removeHealthCheck,
  updateHealthCheck,
} from "../data/set-health-check.ts";
import type { Live } from "../data/use-live.ts";
import { count } from "../../core/count.ts";
import { planHealthCheck } from "../view/health-check-plan.ts";
import { ActButton } from "./act-button.tsx";
import { StandingCheck, waitsFor } from "./standing-check.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { WhatIsSent } from "./what-is-sent.tsx";

/** What stands on the environment, and what would be done to it, before anything is. */
export function HealthCheckPlanned(props: {
  readonly environment: PipelineEnvironment;
  readonly place: Live<CheckPlace | undefined>;
  readonly check: HealthCheck;
  readonly repositoryName: string;
  readonly chosen: string;
}) {
  const { ado, project } = useHost();
  const { environment, place, check, repositoryName, chosen } = props;
  const { around, acted } = useKeptFocus();
  if (place.value === undefined) {
    return place.error === undefined ? (
      <Skeleton label="Reading the checks that stand there" />
    ) : (
      <Failure error={place.error} retry={place.refresh} />
    );
  }
  const { organisationUrl } = ado;
  const of = { check, repositoryName, chosen, organisationUrl };
  const plan = planHealthCheck(place.value, of);
  const wanted = { project, environment, check, repositoryName, chosen };
  const remove = (id: number) => removeHealthCheck(ado, { project, environment, id });
  const done = () => {
    acted();
    place.refresh();
  };
  const link = `${organisationUrl}/${encodeURIComponent(project.name)}/_environments/${environment.id}`;
  const on = <HostLink url={link}>{environment.name}</HostLink>;
  const otherName = (found: FoundCheck) => {
    const name = readAsked(found)?.name;
    return name === check.name ? `${name} of another repository` : name;
  };
  return (
    <div
      className="fg-planned"
      role="region"
      aria-label={`Checks on ${environment.name}`}
      ref={around}
      tabIndex={-1}
    >
      {place.error !== undefined && <Failure error={place.error} retry={place.refresh} />}
      {plan.problems.length > 0 && <Warning>{plan.problems.join(" ")}</Warning>}
      {plan.same.map((one) => (
        <StandingCheck
          key={one.found.id}
          of={one}
          {...{ plan, remove, done, on }}
          name={check.name}
          update={(found) => updateHealthCheck(ado, { ...wanted, found })}
        />
      ))}
      {plan.same.length === 0 && plan.body !== undefined && (
        <>
          <p>
            Nothing on {on} waits for {check.name}. The button creates{" "}
            {plan.makesConnection !== "" &&
              `the service connection ${ownConnectionName} to ${plan.makesConnection}, without credentials (role Creator of the project's service connections), and `}
            a check that every stage with this environment has to pass from then on (role
            Administrator of the environment). It asks every{" "}
            {count(plan.body.settings.retryInterval, "minute")}, and skips the stage after{" "}
            {count(plan.body.timeout, "minute")}.
          </p>
          <div className="fg-actions">
            <ActButton
              text="Create the check"
              act={() => createHealthCheck(ado, wanted)}
              done={done}
            />
          </div>
        </>
      )}
      <WhatIsSent plan={plan} environment={environment.id} />
      {plan.others.length > 0 && (
        <ul className="fg-plain-list">
          {plan.others.map((found) => (
            <li key={found.id}>
              Check {found.id} there {waitsFor(found)} {otherName(found)}.{" "}
              <ActButton
                text={`Remove check ${found.id}`}
                act={() => remove(found.id)}
                done={done}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
