import * as React from "react";
import { Mark } from "../components/mark.tsx";
import { count } from "../../core/count.ts";
import { seenItem } from "../view/seen-item.ts";
import type { TreeNode } from "../view/tree-view.ts";

/** Sources, what builds from them, what that applied: what is well folded away. */
export function Tree({
  nodes,
  label,
  current,
}: {
  readonly nodes: readonly TreeNode[];
  readonly label: string;
  /** False: what stands here is what the last report said. */
  readonly current: boolean;
}) {
  return (
    <ul className="fg-tree" aria-label={label}>
      {nodes.map((node) => (
        <Node key={node.key} {...{ node, current }} />
      ))}
    </ul>
  );
}

const mostAtOnce = 100;

function Node({ node, current }: { readonly node: TreeNode; readonly current: boolean }) {
  const [open, setOpen] = React.useState(!node.well);
  const { item, children } = node;
  const { tone, state } = seenItem(item, current);
  const { gitIsNotAll = [], applied } = item.fluxObject ?? {};
  return (
    <li>
      <div className="fg-node">
        {children.length > 0 && (
          <button
            type="button"
            className="fg-fold"
            aria-expanded={open}
            aria-label={`${open ? "Close" : "Open"} ${item.object}`}
            onClick={() => setOpen(!open)}
          >
            {open ? "▾" : "▸"}
          </button>
        )}
        <Mark tone={tone}>
          {item.object} <span className="fg-secondary">{state}</span>
        </Mark>
        {item.revision !== undefined && <span className="fg-code">{item.revision}</span>}
        {applied !== undefined && (
          <span className="fg-secondary">{count(applied, "object")} applied</span>
        )}
        {!open && children.length > 0 && (
          <span className="fg-secondary">{count(children.length, "part")} below</span>
        )}
      </div>
      {item.tone !== "good" && item.cause !== "" && <p className="fg-cause">{item.cause}</p>}
      {gitIsNotAll.length > 0 && (
        <p className="fg-secondary">
          Git is not all of it: {gitIsNotAll.join(", ")}{" "}
          {gitIsNotAll.length === 1 ? "changes" : "change"} what is applied.
        </p>
      )}
      {open && children.length > 0 && (
        <>
          <ul>
            {children.slice(0, mostAtOnce).map((child) => (
              <Node key={child.key} node={child} current={current} />
            ))}
          </ul>
          {children.length > mostAtOnce && (
            <p className="fg-secondary">{children.length - mostAtOnce} more not shown</p>
          )}
        </>
      )}
    </li>
  );
}
