import * as React from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { ObjectView } from "../view/changes-view.ts";
import { objectTree, rowText, type TreeRow } from "../view/object-tree.ts";
import type { Viewed } from "./use-viewed.ts";

const rowHeight = 26;
const signs = { added: "+", changed: "~", removed: "-" } as const;

/** Files and their objects beside the list, with ticks; choosing one opens it there. */
export function ObjectTree(props: {
  readonly objects: readonly ObjectView[];
  readonly viewed: Viewed;
  readonly onChoose: (key: string) => void;
}) {
  const { objects, viewed, onChoose } = props;
  const rows = React.useMemo(() => objectTree(objects), [objects]);
  const box = React.useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
  });
  return (
    <nav className="fg-object-tree" aria-label="Objects by file">
      <div ref={box} className="fg-object-tree-box">
        <ul style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li
                key={String(key)}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                <Row row={row} viewed={viewed} onChoose={onChoose} />
              </li>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}

function Row(props: {
  readonly row: TreeRow;
  readonly viewed: Viewed;
  readonly onChoose: (key: string) => void;
}) {
  const { row, viewed, onChoose } = props;
  if (row.kind === "file") {
    return (
      <span className="fg-object-tree-file" title={row.text}>
        <bdi>{row.text}</bdi>
      </span>
    );
  }
  const { change, kind, name, risks, digest } = row.object;
  const isViewed = viewed.has(digest);
  return (
    <button type="button" className="fg-object-tree-row" onClick={() => onChoose(row.key)}>
      <span className={`fg-change-${change}`} aria-hidden="true">
        {isViewed ? "✓" : signs[change]}
      </span>
      <span className="fg-object-tree-name">
        {kind} <b>{name}</b>
      </span>
      {risks > 0 && (
        <span className="fg-risk-count" aria-hidden="true">
          !
        </span>
      )}
      <span className="fg-hidden">{rowText(row.object, isViewed)}</span>
    </button>
  );
}
