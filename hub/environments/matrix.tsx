import * as React from "react";
import type { MatrixView } from "../view/matrix-view.ts";
import { Cell } from "./cell.tsx";
import { Clusters } from "./clusters.tsx";

/** Deliveries × environments. */
export function Matrix(props: {
  readonly view: MatrixView;
  readonly onOpen: (environment: string) => void;
}) {
  const { columns, rows } = props.view;
  return (
    <div className="fg-scroll" role="region" aria-label="What runs where" tabIndex={0}>
      <table className="fg-table fg-matrix">
        <thead>
          <tr>
            <th scope="col">Delivery</th>
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
          {rows.map(({ delivery, repository, apps, cells }) => (
            <tr key={`${repository}/${delivery}`}>
              <th scope="row">
                <b>{delivery}</b>
                <div className="fg-secondary">{apps.join(", ")}</div>
                <div className="fg-secondary">{repository}</div>
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index]?.environment}>
                  {cell === undefined ? (
                    <span className="fg-secondary">not here</span>
                  ) : (
                    <Cell cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
