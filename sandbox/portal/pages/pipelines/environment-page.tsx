import * as React from "react";
import { runAddress } from "../../addresses.ts";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { Took } from "../../components/took.tsx";
import { When } from "../../components/when.tsx";
import { call, list } from "../../rest.ts";
import type { CheckConfiguration, DeploymentRecord, Environment } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import { EnvironmentResources } from "../kubernetes/environment-resources.tsx";
import type { PageProps } from "../page-props.ts";

/** One environment: its deployments, and what a run must pass to reach it. */
export function EnvironmentPage(props: PageProps & { readonly id: number; readonly tab: string }) {
  const { project, base, id, tab } = props;
  const url = `${project}/_apis/distributedtask/environments/${id}`;
  const live = useLive(() => call<Environment>(url), { key: url, everyMs: 60_000 });
  const address = `${base}/_environments/${id}`;
  const tabLink = (name: string, view: string, href = `${address}?view=${view}`) => ({
    ...{ name, href, selected: tab === view },
  });
  return (
    <>
      <PageHead title={live.value?.name ?? "Environment"} area="Pipelines">
        <TabLinks
          label="Environment"
          tabs={[
            tabLink("Deployments", "deployments", address),
            tabLink("Resources", "resources"),
            tabLink("Approvals and checks", "checks"),
          ]}
        />
      </PageHead>
      <Card flush={true}>
        {tab === "checks" && <Checks project={project} id={id} />}
        {tab === "resources" && <EnvironmentResources {...{ url, address }} />}
        {tab === "deployments" && <Deployments url={url} base={base} />}
      </Card>
    </>
  );
}

function Deployments({ url, base }: { readonly url: string; readonly base: string }) {
  const records = `${url}/environmentdeploymentrecords?top=50`;
  const live = useLive(() => list<DeploymentRecord>(records), { key: records });
  return (
    <Loaded live={live}>
      {(all) => (
        <Rows
          label="Deployments"
          rows={all}
          keyOf={({ id }) => id}
          empty={<Nothing title="Never deployed to" />}
          columns={[
            {
              name: "Run",
              cell: ({ owner, definition }) => (
                <a href={runAddress(base, owner.id)}>
                  {definition.name} #{owner.name}
                </a>
              ),
            },
            { name: "Stage", cell: ({ stageName }) => stageName },
            { name: "Job", cell: ({ jobName }) => jobName ?? "" },
            {
              name: "State",
              width: "160px",
              cell: ({ result }) => <StateMark state={result ?? "inProgress"} />,
            },
            {
              name: "When",
              width: "130px",
              cell: ({ queueTime }) => <When date={queueTime} />,
            },
            {
              name: "Took",
              width: "90px",
              cell: ({ startTime, finishTime }) => <Took from={startTime} to={finishTime} />,
            },
          ]}
        />
      )}
    </Loaded>
  );
}

function Checks({ project, id }: { readonly project: string; readonly id: number }) {
  const url = `${project}/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=${id}&$expand=settings&api-version=7.1-preview.1`;
  const live = useLive(() => list<CheckConfiguration>(url), { key: url, everyMs: 10_000 });
  return (
    <Loaded live={live}>
      {(all) => (
        <Rows
          label="Approvals and checks"
          rows={all}
          keyOf={(check) => check.id}
          empty={
            <Nothing title="No approval and no check">A run reaches it without asking.</Nothing>
          }
          columns={[
            {
              name: "Check",
              width: "240px",
              cell: ({ type, settings }) => settings?.displayName ?? type.name ?? "Check",
            },
            { name: "What it asks", cell: checkText },
            {
              name: "Times out after",
              width: "150px",
              cell: ({ timeout }) => (timeout === undefined ? "-" : `${timeout} minutes`),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

function checkText({ settings }: CheckConfiguration): string {
  const {
    approvers = [],
    minRequiredApprovers,
    instructions,
    requesterCannotBeApprover,
  } = settings ?? {};
  return [
    approvers.length > 0 &&
      `${minRequiredApprovers ? `${minRequiredApprovers} of ` : ""}${approvers.map(({ displayName }) => displayName).join(", ")}`,
    requesterCannotBeApprover === true && "not by who requested the run",
    instructions,
  ]
    .filter(Boolean)
    .join(". ");
}
