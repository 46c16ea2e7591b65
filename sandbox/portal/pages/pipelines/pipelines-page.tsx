import * as React from "react";
import { Refusals } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { list } from "../../rest.ts";
import type { Build, Definition } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import { FolderCrumbs } from "./folder-crumbs.tsx";
import { inFolder } from "./pipeline-folders.ts";
import { PipelineRows, type PipelineRow } from "./pipeline-rows.tsx";
import { RunPanel } from "./run-panel.tsx";

/** The project's pipelines, each with its newest run: all of them, or those of one folder. */
export function PipelinesPage(props: PageProps & { readonly folder: string | undefined }) {
  const { project, base, rights, folder } = props;
  const live = useLive(() => load(project), { key: project });
  const [running, setRunning] = React.useState<Definition>();
  const refusal = refusalOf(rights, "builds");
  return (
    <>
      <PageHead title="Pipelines" area="Pipelines">
        <Refusals reasons={[refusal]} />
        <PipelineTabs base={base} selected={folder === undefined ? "pipelines" : "folders"} />
        {folder !== undefined && <FolderCrumbs {...{ base, folder }} />}
      </PageHead>
      <Card flush={true}>
        <Loaded live={live}>
          {(all) => (
            <PipelineRows
              {...{ base, refusal, onRun: setRunning }}
              {...(folder === undefined ? { ...all, folders: [] } : inFolder(folder, all))}
              empty={
                folder === undefined || folder === "\\" ? (
                  <Nothing title="No pipeline">The project has none yet.</Nothing>
                ) : (
                  <Nothing title="Nothing in this folder" />
                )
              }
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

/** From the list of pipelines to their folders, to the list of all runs and back. */
export function PipelineTabs(props: {
  readonly base: string;
  readonly selected: "pipelines" | "folders" | "runs";
}) {
  const { base, selected } = props;
  return (
    <TabLinks
      label="Pipelines"
      tabs={[
        { name: "Recent", href: `${base}/_build`, selected: selected === "pipelines" },
        { name: "All", href: `${base}/_build?view=folders`, selected: selected === "folders" },
        { name: "Runs", href: `${base}/_build?view=runs`, selected: selected === "runs" },
      ]}
    />
  );
}

type Found = { readonly folders: readonly string[]; readonly rows: readonly PipelineRow[] };

async function load(project: string): Promise<Found> {
  const [definitions, builds, folders] = await Promise.all([
    list<Definition>(`${project}/_apis/build/definitions`),
    list<Build>(`${project}/_apis/build/builds?$top=100&queryOrder=queueTimeDescending`),
    list<{ readonly path: string }>(`${project}/_apis/build/folders`),
  ]);
  const rows = definitions.map((definition) => ({
    ...definition,
    last: builds.find((build) => build.definition.id === definition.id),
  }));
  return { rows, folders: folders.map(({ path }) => path) };
}
