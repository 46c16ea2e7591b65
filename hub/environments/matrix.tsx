import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import type { MatrixView, RowView } from "../view/matrix-view.ts";
import { Cell } from "./cell.tsx";
import { Clusters } from "./clusters.tsx";

const step = 50;

/** Applications × environments. */
export function Matrix(props: {
  readonly view: MatrixView;
  readonly onOpen: (environment: string, app?: string) => void;
}) {
  const { columns, rows } = props.view;
  const [most, setMost] = React.useState(step);
  const left = rows.length - most;
  return (
    <>
      <div className="fg-scroll" role="region" aria-label="What runs where" tabIndex={0}>
        <table className="fg-table fg-matrix">
          <thead>
            <tr>
              <th scope="col">Application</th>
              {columns.map(({ environment, clusters }) => (
                <th key={environment} scope="col">
                  <button
                    type="button"
                    className="fg-link fg-environment"
                    onClick={() => props.onOpen(environment)}
                  >
                    {environment}
                  </button>
                  <Clusters clusters={clusters} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <Row
                key={`${row.repository}/${row.name}`}
                row={row}
                environments={columns.map(({ environment }) => environment)}
                onOpen={props.onOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && (
        <div>
          <Button
            subtle={true}
            text={`Show ${Math.min(left, 4 * step)} more of ${left} applications`}
            onClick={() => setMost(most + 4 * step)}
          />
        </div>
      )}
    </>
  );
}

function Row(props: {
  readonly row: RowView;
  readonly environments: readonly string[];
  readonly onOpen: (environment: string, app?: string) => void;
}) {
  const { row, environments, onOpen } = props;
  return (
    <tr>
      <th scope="row">
        <b>{row.name}</b>
        <div className="fg-secondary">{row.repository}</div>
      </th>
      {row.cells.map((cell, index) => {
        const environment = environments[index] ?? "";
        return (
          <td key={environment} data-environment={environment}>
            {cell === undefined ? (
              <span className="fg-secondary">not here</span>
            ) : (
              <Cell
                cell={cell}
                label={`${row.name} in ${environment}`}
                {...(row.app === "" ? {} : { onOpen: () => onOpen(environment, row.name) })}
              />
            )}
          </td>
        );
      })}
    </tr>
  );
}
