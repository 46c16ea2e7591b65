import * as React from "react";
import type { HealthCheckPlan } from "../view/health-check-plan.ts";

/** For who would not let the page do it. */
export function WhatIsSent(props: {
  readonly plan: HealthCheckPlan;
  /** Id of Azure DevOps' environment. */
  readonly environment: number;
}) {
  const { plan, environment } = props;
  const updated = plan.same.filter(({ differences }) => differences.length > 0);
  const isCreated = plan.same.length === 0;
  if (plan.body === undefined || !(isCreated || updated.length > 0)) return null;
  const ids = updated.map(({ found }) => found.id).join(" or ");
  return (
    <details>
      <summary>What is sent</summary>
      <p className="fg-secondary">
        {isCreated
          ? "POST pipelines/checks/configurations"
          : `PATCH pipelines/checks/configurations/${ids}, with what else is set there`}
        , with resource environment {environment}
        {plan.makesConnection !== "" &&
          " and, as connectedServiceName, the id of the service connection, which is made first"}
        : the same by hand or by az devops invoke, where you would not let the page do it.
      </p>
      <pre className="fg-lines" tabIndex={0} aria-label="The check as it is sent">
        {JSON.stringify(plan.body, null, 2)}
      </pre>
    </details>
  );
}
