import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { Rows } from "../components/rows.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { When } from "../components/when.tsx";
import { list } from "../rest.ts";
import type { DeploymentRecord, Environment } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

type Row = Environment & { readonly records: readonly DeploymentRecord[] };

export function EnvironmentsPage({ project, base }: PageProps) {
  const live = useLive(() => load(project), { key: project });
  return (
    <>
      <h1>Azure DevOps environments</h1>
      <Loaded live={live}>
        {(environments) => (
          <Rows
            label="Environments"
            rows={environments}
            keyOf={({ id }) => id}
            empty="No deployment job has run yet."
            columns={[
              { name: "Environment", cell: ({ name }) => name },
              {
                name: "Last deployment",
                cell: ({ records: [last] }) =>
                  last && (
                    <a href={`${base}/_build/results?buildId=${last.owner.id}`}>
                      {last.definition.name} #{last.owner.name}
                    </a>
                  ),
              },
              {
                name: "Result",
                cell: ({ records: [last] }) =>
                  last && <StateMark state={last.result ?? "inProgress"} />,
              },
              {
                name: "When",
                cell: ({ records: [last] }) => <When date={last?.finishTime ?? last?.queueTime} />,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

async function load(project: string): Promise<readonly Row[]> {
  const root = `${project}/_apis/distributedtask/environments`;
  const environments = await list<Environment>(root);
  return Promise.all(
    environments.map(async (environment) => ({
      ...environment,
      records: await list<DeploymentRecord>(
        `${root}/${environment.id}/environmentdeploymentrecords?top=5`,
      ),
    })),
  );
}
