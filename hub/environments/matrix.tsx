import * as React from "react";
import { useWindowRows } from "../components/use-window-rows.ts";
import type { MatrixView, RowView } from "../view/matrix-view.ts";
import { Cell } from "./cell.tsx";
import { Clusters } from "./clusters.tsx";

/** With more cells than this only the rows near the screen are there. */
const mostCells = 60;
const rowHeight = 130;

/** Applications × environments. */
export function Matrix(props: {
  readonly view: MatrixView;
  readonly onOpen: (environment: string, app?: string) => void;
}) {
  const { columns, rows } = props.view;
  const environments = columns.map(({ environment }) => environment);
  const body = { rows, environments, onOpen: props.onOpen };
  return (
    <div className="fg-scroll" role="region" aria-label="What runs where" tabIndex={0}>
      <table className="fg-table fg-matrix" aria-rowcount={rows.length + 1}>
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
        {rows.length * columns.length > mostCells ? <ManyRows {...body} /> : <AllRows {...body} />}
      </table>
    </div>
  );
}

type Body = {
  readonly rows: readonly RowView[];
  readonly environments: readonly string[];
  readonly onOpen: (environment: string, app?: string) => void;
};

function AllRows({ rows, environments, onOpen }: Body) {
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={keyOf(row)}>
          <Cells row={row} environments={environments} onOpen={onOpen} />
        </tr>
      ))}
    </tbody>
  );
}

function ManyRows({ rows, environments, onOpen }: Body) {
  const list = React.useRef<HTMLTableSectionElement>(null);
  const near = useWindowRows<HTMLTableRowElement>({
    ...{ list, count: rows.length, height: rowHeight, beyond: 3 },
    keyOf: (index) => (rows[index] === undefined ? String(index) : keyOf(rows[index])),
  });
  const items = near.rows.getVirtualItems();
  const end = near.rows.getTotalSize() + near.top;
  return (
    <tbody ref={list}>
      {items.map(({ index, key, start }, position) => {
        const row = rows[index];
        // Rows of a table cannot be placed: what is not there has its height in an empty one.
        const above = start - (items[position - 1]?.end ?? near.top);
        return row === undefined ? null : (
          <React.Fragment key={String(key)}>
            {above > 0 && <Gap height={above} />}
            <tr
              ref={near.rows.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              onFocus={() => near.focus(index)}
              onBlur={() => near.focus(undefined)}
            >
              <Cells row={row} environments={environments} onOpen={onOpen} />
            </tr>
          </React.Fragment>
        );
      })}
      <Gap height={end - (items.at(-1)?.end ?? near.top)} />
    </tbody>
  );
}

function Gap({ height }: { readonly height: number }) {
  return <tr aria-hidden="true" className="fg-gap" style={{ height }} />;
}

function keyOf({ repository, name }: RowView): string {
  return `${repository}/${name}`;
}

function Cells(props: {
  readonly row: RowView;
  readonly environments: readonly string[];
  readonly onOpen: (environment: string, app?: string) => void;
}) {
  const { row, environments, onOpen } = props;
  return (
    <>
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
    </>
  );
}
