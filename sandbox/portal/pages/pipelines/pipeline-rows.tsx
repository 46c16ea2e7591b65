import * as React from "react";
import { folderAddress, runAddress, shortBranch } from "../../addresses.ts";
import { ActionButton } from "../../components/action-button.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { When } from "../../components/when.tsx";
import type { Build, Definition } from "../../rest-types.ts";
import { nameOfFolder } from "./pipeline-folders.ts";

export type PipelineRow = Definition & { readonly last: Build | undefined };

/** Folders first, then pipelines, each with its newest run. */
export function PipelineRows(props: {
  readonly base: string;
  readonly folders: readonly string[];
  readonly rows: readonly PipelineRow[];
  readonly empty: React.ReactNode;
  readonly refusal: string | undefined;
  readonly onRun: (definition: Definition) => void;
}) {
  const { base, folders, rows, empty, refusal, onRun } = props;
  type Row = { readonly folder: string } | PipelineRow;
  const all: readonly Row[] = [...folders.map((folder) => ({ folder })), ...rows];
  const pipeline =
    (cell: (row: PipelineRow) => React.ReactNode) =>
    (row: Row): React.ReactNode =>
      "folder" in row ? undefined : cell(row);
  return (
    <Rows
      label="Pipelines"
      rows={all}
      keyOf={(row) => ("folder" in row ? row.folder : row.id)}
      empty={empty}
      columns={[
        {
          name: "Pipeline",
          width: "220px",
          cell: (row) =>
            "folder" in row ? (
              <a href={folderAddress(base, row.folder)}>{nameOfFolder(row.folder)} (folder)</a>
            ) : (
              <a href={`${base}/_build?definitionId=${row.id}`}>{row.name}</a>
            ),
        },
        {
          name: "Last run",
          cell: pipeline(({ last }) =>
            last ? (
              <>
                <a href={runAddress(base, last.id)}>#{last.buildNumber}</a>{" "}
                <span className="portal-quiet">{shortBranch(last.sourceBranch)}</span>
              </>
            ) : (
              <span className="portal-quiet">never</span>
            ),
          ),
        },
        {
          name: "State",
          width: "160px",
          cell: pipeline(({ last }) => last && <StateMark state={last.result ?? last.status} />),
        },
        {
          name: "When",
          width: "130px",
          cell: pipeline(({ last }) => <When date={last?.finishTime ?? last?.queueTime} />),
        },
        {
          name: "Actions",
          width: "140px",
          cell: pipeline((definition) => (
            <ActionButton
              text="Run"
              ariaLabel={`Run ${definition.name}`}
              refusal={refusal}
              onClick={() => onRun(definition)}
            />
          )),
        },
      ]}
    />
  );
}
