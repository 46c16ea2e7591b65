import * as React from "react";
import { runAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { When } from "../../components/when.tsx";
import { list } from "../../rest.ts";
import type { Build, Definition } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import { RunPanel } from "./run-panel.tsx";

type Row = Definition & { readonly last: Build | undefined };

/** The project's pipelines, each with its newest run. */
export function PipelinesPage({ project, base, rights }: PageProps) {
  const live = useLive(() => load(project), { key: project });
  const [running, setRunning] = React.useState<Definition>();
  const refusal = refusalOf(rights, "builds");
  return (
    <>
      <PageHead title="Pipelines" area="Pipelines">
        <Refusals reasons={[refusal]} />
        <PipelineTabs base={base} selected="pipelines" />
      </PageHead>
      <Card flush={true}>
        <Loaded live={live}>
          {(definitions) => (
            <Rows
              label="Pipelines"
              rows={definitions}
              keyOf={({ id }) => id}
              empty={<Nothing title="No pipeline">The project has none yet.</Nothing>}
              columns={[
                {
                  name: "Pipeline",
                  width: "220px",
                  cell: ({ id, name }) => <a href={`${base}/_build?definitionId=${id}`}>{name}</a>,
                },
                {
                  name: "Last run",
                  cell: ({ last }) =>
                    last ? (
                      <>
                        <a href={runAddress(base, last.id)}>#{last.buildNumber}</a>{" "}
                        <span className="portal-quiet">{shortBranch(last.sourceBranch)}</span>
                      </>
                    ) : (
                      <span className="portal-quiet">never</span>
                    ),
                },
                {
                  name: "State",
                  width: "160px",
                  cell: ({ last }) => last && <StateMark state={last.result ?? last.status} />,
                },
                {
                  name: "When",
                  width: "130px",
                  cell: ({ last }) => <When date={last?.finishTime ?? last?.queueTime} />,
                },
                {
                  name: "Actions",
                  width: "140px",
                  cell: (definition) => (
                    <ActionButton
                      text="Run"
                      ariaLabel={`Run ${definition.name}`}
                      refusal={refusal}
                      onClick={() => setRunning(definition)}
                    />
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      {running && (
        <RunPanel
          {...{ project, base }}
          definitionId={running.id}
          onClose={() => setRunning(undefined)}
        />
      )}
    </>
  );
}

/** From the list of pipelines to the list of all runs and back. */
export function PipelineTabs(props: {
  readonly base: string;
  readonly selected: "pipelines" | "runs";
}) {
  const { base, selected } = props;
  return (
    <TabLinks
      label="Pipelines"
      tabs={[
        { name: "Recent", href: `${base}/_build`, selected: selected === "pipelines" },
        { name: "Runs", href: `${base}/_build?view=runs`, selected: selected === "runs" },
      ]}
    />
  );
}

async function load(project: string): Promise<readonly Row[]> {
  const [definitions, builds] = await Promise.all([
    list<Definition>(`${project}/_apis/build/definitions`),
    list<Build>(`${project}/_apis/build/builds?$top=100&queryOrder=queueTimeDescending`),
  ]);
  return definitions.map((definition) => ({
    ...definition,
    last: builds.find((build) => build.definition.id === definition.id),
  }));
}
