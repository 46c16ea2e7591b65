import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { PipelineEnvironment } from "../../clients/azure-devops/pipeline-environments.ts";
import { ownConnectionName } from "../../core/health-check/connection.ts";
import { readAsked } from "../../core/health-check/found-check.ts";
import type { HealthCheck } from "../../core/health-check/health-check.ts";
import type { CheckPlace } from "../data/load-health-checks.ts";
import {
  createHealthCheck,
  removeHealthCheck,
  updateHealthCheck,
} from "../data/set-health-check.ts";
import type { Live } from "../data/use-live.ts";
import { planHealthCheck } from "../view/health-check-plan.ts";
import { ActButton } from "./act-button.tsx";

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
  const done = place.refresh;
  const link = `${organisationUrl}/${encodeURIComponent(project.name)}/_environments/${environment.id}`;
  return (
    <div role="region" aria-label={`Checks on ${environment.name}`}>
      {place.error !== undefined && <Failure error={place.error} retry={place.refresh} />}
      {plan.problems.length > 0 && <Warning>{plan.problems.join(" ")}</Warning>}
      {plan.same.map(({ found, differences }) => (
        <div key={found.id}>
          <p>
            Check {found.id} on <HostLink url={link}>{environment.name}</HostLink> waits for{" "}
            {check.name}
            {plan.body === undefined
              ? "."
              : differences.length === 0
                ? ", as above: nothing is to be done."
                : ". Otherwise than above:"}
          </p>
          <ul className="fg-plain-list">
            {differences.map(({ setting, was, wanted: next }) => (
              <li key={setting}>
                {setting}: <span className="fg-code">{was === "" ? "not set" : was}</span>, above{" "}
                <span className="fg-code">{next === "" ? "not set" : next}</span>
              </li>
            ))}
          </ul>
          {differences.length > 0 && plan.makesConnection !== "" && (
            <p>
              To update it creates the service connection {ownConnectionName} to{" "}
              {plan.makesConnection} first.
            </p>
          )}
          {differences.length > 0 && (
            <ActButton
              text={`Update check ${found.id}`}
              act={() => updateHealthCheck(ado, { ...wanted, found })}
              done={done}
            />
          )}
          <ActButton text={`Remove check ${found.id}`} act={() => remove(found.id)} done={done} />
        </div>
      ))}
      {plan.same.length === 0 && plan.body !== undefined && (
        <>
          <p>
            Nothing on <HostLink url={link}>{environment.name}</HostLink> waits for {check.name}.
            The button creates{" "}
            {plan.makesConnection !== "" &&
              `the service connection ${ownConnectionName} to ${plan.makesConnection}, without credentials (role Creator of the project's service connections), and `}
            a check that every stage with this environment then passes (role Administrator of the
            environment). It asks every {plan.body.settings.retryInterval} minutes, and skips the
            stage after {plan.body.timeout}.
          </p>
          <ActButton
            text="Create the check"
            act={() => createHealthCheck(ado, wanted)}
            done={done}
          />
        </>
      )}
      {plan.body !== undefined && (
        <details>
          <summary>What is sent</summary>
          <p className="fg-secondary">
            To pipelines/checks/configurations, with resource environment {environment.id}: the same
            by hand or by az devops invoke, where you would not let the page do it.
          </p>
          <pre className="fg-lines" tabIndex={0} aria-label="The check as it is sent">
            {JSON.stringify(plan.body, null, 2)}
          </pre>
        </details>
      )}
      {plan.others.length > 0 && (
        <ul className="fg-plain-list">
          {plan.others.map((found) => (
            <li key={found.id}>
              Check {found.id} there waits for {readAsked(found)?.name}.{" "}
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
