import * as React from "react";
import { runAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { Took } from "../../components/took.tsx";
import { When } from "../../components/when.tsx";
import { list } from "../../rest.ts";
import type { Build } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import { PipelineTabs } from "./pipelines-page.tsx";
import { RunPanel } from "./run-panel.tsx";

const reasons: Readonly<Record<string, string>> = {
  manual: "Manually run",
  individualCI: "A push",
  batchedCI: "Pushes",
  resourceTrigger: "Another pipeline",
  buildCompletion: "Another pipeline",
  pullRequest: "A pull request",
  schedule: "The schedule",
};

/** The newest runs, of one pipeline or of all. */
export function RunsPage(props: PageProps & { readonly definition: number | undefined }) {
  const { project, base, definition, rights } = props;
  const filter = definition === undefined ? "" : `&definitions=${definition}`;
  const live = useLive(
    () =>
      list<Build>(`${project}/_apis/build/builds?$top=50&queryOrder=queueTimeDescending${filter}`),
    { key: `${project}${filter}` },
  );
  const [running, setRunning] = React.useState(false);
  const refusal = refusalOf(rights, "builds");
  const title = definition === undefined ? "Runs" : (live.value?.[0]?.definition.name ?? "Runs");
  return (
    <>
      <PageHead
        title={title}
        area="Pipelines"
        actions={
          definition !== undefined && (
            <ActionButton
              text="Run pipeline"
              primary={true}
              refusal={refusal}
              onClick={() => setRunning(true)}
            />
          )
        }
      >
        {definition !== undefined && <Refusals reasons={[refusal]} />}
        {definition === undefined && <PipelineTabs base={base} selected="runs" />}
      </PageHead>
      <Card flush={true}>
        <Loaded live={live}>
          {(builds) => (
            <Rows
              label="Runs"
              rows={builds}
              keyOf={({ id }) => id}
              empty={<Nothing title="No run yet">Push a change, or run a pipeline.</Nothing>}
              columns={[
                {
                  name: "State",
                  width: "160px",
                  cell: (build) => <StateMark state={build.result ?? build.status} />,
                },
                {
                  name: "Run",
                  cell: ({ id, buildNumber, definition: { name } }) => (
                    <a href={runAddress(base, id)}>
                      {definition === undefined ? `${name} ` : ""}#{buildNumber}
                    </a>
                  ),
                },
                {
                  name: "Why",
                  cell: ({ reason, requestedFor }) =>
                    `${reasons[reason ?? ""] ?? reason ?? ""}${requestedFor ? ` by ${requestedFor.displayName}` : ""}`,
                },
                {
                  name: "Source",
                  cell: ({ sourceBranch, sourceVersion }) => (
                    <>
                      {shortBranch(sourceBranch)} <code>{sourceVersion.slice(0, 8)}</code>
                    </>
                  ),
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
      </Card>
      {running && definition !== undefined && (
        <RunPanel
          {...{ project, base }}
          definitionId={definition}
          onClose={() => setRunning(false)}
        />
      )}
    </>
  );
}
