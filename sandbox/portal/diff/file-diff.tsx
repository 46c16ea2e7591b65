import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Spinner } from "azure-devops-ui/Spinner";
import { diffCounts, diffRows, type DiffRow } from "./diff-rows.ts";
import { loadSides, type Change, type Sides } from "./load-sides.ts";

/** One changed file: folded or with its lines. */
export function FileDiff(props: {
  readonly repositoryUrl: string;
  readonly change: Change;
  readonly open: boolean;
  readonly actions?: React.ReactNode;
  /** What stands below a line of the new side, and below the file itself (line undefined). */
  readonly below?: (line: number | undefined) => React.ReactNode;
  readonly onComment?: ((line: number | undefined) => void) | undefined;
}) {
  const { repositoryUrl, change, actions, below, onComment } = props;
  const [open, setOpen] = React.useState(props.open);
  const [whole, setWhole] = React.useState(false);
  const sides = useSides(repositoryUrl, change, open);
  const rows = React.useMemo(
    () =>
      typeof sides === "object" && !sides.binary
        ? diffRows(sides, { context: whole ? Number.MAX_SAFE_INTEGER : 3 })
        : undefined,
    [sides, whole],
  );
  const { added, removed } = diffCounts(rows ?? []);
  const { path } = change.item;
  return (
    <section className="portal-card portal-file" aria-label={path} id={anchorOf(path)}>
      <div className="portal-file-head">
        <h3>
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            <span aria-hidden="true">{open ? "▾" : "▸"}</span>
            <code>{path.replace(/^\//, "")}</code>
          </button>
        </h3>
        <ChangeTag type={change.changeType} />
        {rows && (
          <span className="portal-counts">
            <span className="portal-added">+{added}</span>{" "}
            <span className="portal-removed">-{removed}</span>
          </span>
        )}
        <span className="portal-grow" />
        {rows?.some(({ kind }) => kind === "gap") && (
          <Button subtle={true} text="Whole file" onClick={() => setWhole(true)} />
        )}
        {onComment && <Button subtle={true} text="Comment" onClick={() => onComment(undefined)} />}
        {actions}
      </div>
      {open && (
        <>
          {below?.(undefined)}
          {sides === undefined && <Spinner label="Loading" />}
          {typeof sides === "string" && <p role="alert">{sides}</p>}
          {typeof sides === "object" && <Lines {...{ rows, sides, path, below, onComment }} />}
        </>
      )}
    </section>
  );
}

export function anchorOf(path: string): string {
  return `file-${path.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
}

function ChangeTag({ type }: { readonly type: string }) {
  return <span className={`portal-tag portal-tag-${type.split(",")[0]}`}>{type}</span>;
}

function Lines(props: {
  readonly rows: readonly DiffRow[] | undefined;
  readonly sides: Sides;
  readonly path: string;
  readonly below?: ((line: number | undefined) => React.ReactNode) | undefined;
  readonly onComment?: ((line: number | undefined) => void) | undefined;
}) {
  const { rows, sides, path, below, onComment } = props;
  if (sides.binary) return <p className="portal-empty">A binary file: not shown.</p>;
  if (rows === undefined) {
    return <p className="portal-empty">The two versions are too different to compare here.</p>;
  }
  if (rows.length === 0) return <p className="portal-empty">An empty file.</p>;
  return (
    <div className="portal-diff" role="region" aria-label={`Changes of ${path}`} tabIndex={0}>
      <table>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} {...{ row, below, onComment }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const signs = { same: " ", added: "+", removed: "-" } as const;

function Row(props: {
  readonly row: DiffRow;
  readonly below?: ((line: number | undefined) => React.ReactNode) | undefined;
  readonly onComment?: ((line: number | undefined) => void) | undefined;
}) {
  const { row, below, onComment } = props;
  if (row.kind === "gap") {
    return (
      <tr className="portal-gap">
        <td colSpan={3}>{row.skipped} unchanged lines</td>
      </tr>
    );
  }
  const { after } = row;
  const attached = after === undefined ? undefined : below?.(after);
  return (
    <>
      <tr className={`portal-line portal-line-${row.kind}`}>
        <td className="portal-number">{row.before}</td>
        <td className="portal-number">
          {onComment && after !== undefined && (
            <button
              type="button"
              tabIndex={-1}
              className="portal-comment-here"
              title={`Comment on line ${after}`}
              aria-label={`Comment on line ${after}`}
              onClick={() => onComment(after)}
            >
              +
            </button>
          )}
          {after}
        </td>
        <td className="portal-code">
          <span className="portal-sign">{signs[row.kind]}</span>
          {row.text}
        </td>
      </tr>
      {attached !== undefined && attached !== null && (
        <tr>
          <td colSpan={3} className="portal-attached">
            {attached}
          </td>
        </tr>
      )}
    </>
  );
}

// The contents, "why not", or undefined while they are on their way.
function useSides(repositoryUrl: string, change: Change, wanted: boolean) {
  const [sides, setSides] = React.useState<Sides | string>();
  const key = `${change.item.originalObjectId ?? ""} ${change.item.objectId ?? ""}`;
  React.useEffect(() => {
    if (!wanted) return undefined;
    let here = true;
    loadSides(repositoryUrl, change).then(
      (loaded) => here && setSides(loaded),
      (error: Error) => here && setSides(error.message),
    );
    return () => {
      here = false;
    };
  }, [repositoryUrl, key, wanted]);
  return sides;
}
