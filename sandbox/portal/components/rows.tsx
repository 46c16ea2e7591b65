import * as React from "react";

export type Column<Row> = {
  readonly name: string;
  readonly width?: string;
  readonly cell: (row: Row) => React.ReactNode;
};

/** A plain table: the portal's lists are short, and a screen reader reads it as it is. */
export function Rows<Row>(props: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly empty: React.ReactNode;
}) {
  if (props.rows.length === 0) {
    return typeof props.empty === "string" ? (
      <p className="portal-empty">{props.empty}</p>
    ) : (
      <>{props.empty}</>
    );
  }
  return (
    <div className="portal-table-frame">
      <table className="portal-table" aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map(({ name, width }) => (
              <th key={name} scope="col" style={{ width }}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)}>
              {props.columns.map(({ name, cell }) => (
                <td key={name}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
