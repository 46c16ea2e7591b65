import * as React from "react";
import { runAddress } from "../../addresses.ts";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { When } from "../../components/when.tsx";
import { list } from "../../rest.ts";
import type { DeploymentRecord, Environment } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";

type Row = Environment & { readonly last: DeploymentRecord | undefined };

/** Azure DevOps' own environments: what deployment jobs recorded. */
export function EnvironmentsPage({ project, base }: PageProps) {
  const live = useLive(() => load(project), { key: project });
  return (
    <>
      <PageHead
        title="Environments"
        area="Pipelines"
        below="Azure DevOps environments: what deployment jobs recorded, and their checks"
      />
      <Card flush={true}>
        <Loaded live={live}>
          {(environments) => (
            <Rows
              label="Environments"
              rows={environments}
              keyOf={({ id }) => id}
              empty={<Nothing title="No environment">No deployment job has run yet.</Nothing>}
              columns={[
                {
                  name: "Environment",
                  cell: ({ id, name }) => <a href={`${base}/_environments/${id}`}>{name}</a>,
                },
                {
                  name: "Last deployment",
                  cell: ({ last }) =>
                    last && (
                      <a href={runAddress(base, last.owner.id)}>
                        {last.definition.name} #{last.owner.name}
                      </a>
                    ),
                },
                {
                  name: "State",
                  width: "160px",
                  cell: ({ last }) =>
                    last ? (
                      <StateMark state={last.result ?? "inProgress"} />
                    ) : (
                      <span className="portal-quiet">never deployed</span>
                    ),
                },
                {
                  name: "When",
                  width: "130px",
                  cell: ({ last }) => <When date={last?.finishTime ?? last?.queueTime} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  );
}

async function load(project: string): Promise<readonly Row[]> {
  const root = `${project}/_apis/distributedtask/environments`;
  const environments = await list<Environment>(root);
  return Promise.all(
    environments.map(async (environment) => ({
      ...environment,
      last: (
        await list<DeploymentRecord>(`${root}/${environment.id}/environmentdeploymentrecords?top=1`)
      )[0],
    })),
  );
}
