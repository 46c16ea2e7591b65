import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { parseExpectedDifferences, subtractExpected } from "../../core/expected-differences.ts";
import { compareFolders, type FoldersComparison, type Moment } from "../data/compare-folders.ts";
import { useLive } from "../data/use-live.ts";
import { ChangesBody } from "../review/changes.tsx";
import { changesView } from "../view/changes-view.ts";
import { count } from "../view/count.ts";

/** What differs from the left to the right: expected differences are counted, with their reasons. */
export function Comparison(props: {
  readonly left: Moment;
  readonly right: Moment;
  readonly titles: readonly [string, string];
}) {
  const { ado } = useHost();
  const { left, right, titles } = props;
  const key = JSON.stringify([left, right]);
  const compared = useLive(() => compareFolders(ado, { left, right }), { key });
  if (compared.error !== undefined) {
    return <Failure error={compared.error} retry={compared.refresh} />;
  }
  if (compared.value === undefined) {
    return <Skeleton label={`Comparing ${titles.join(" with ")}`} rows={5} />;
  }
  return <Compared key={key} found={compared.value} titles={titles} />;
}

function Compared(props: {
  readonly found: FoldersComparison;
  readonly titles: readonly [string, string];
}) {
  const { found, titles } = props;
  const { analysis, expected } = found;
  const [showExpected, setShowExpected] = React.useState(false);
  const { rules, problems } = React.useMemo(
    () =>
      expected === undefined ? { rules: [], problems: [] } : parseExpectedDifferences(expected),
    [expected],
  );
  const { objects, counts } = React.useMemo(
    () => subtractExpected(analysis.objects, rules),
    [analysis, rules],
  );
  const explained = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const view = React.useMemo(
    () =>
      // Risks are those of a change; two environments side by side have none.
      changesView({ ...analysis, risks: [], ...(showExpected ? {} : { objects }) }),
    [analysis, objects, showExpected],
  );
  return (
    <section aria-label="Differences">
      <p role="status">
        From <b>{titles[0]}</b> to <b>{titles[1]}</b>: {view.summary}
        {analysis.complete ? "" : ", as far as it could be compared"}.
      </p>
      {problems.length > 0 && (
        <Warning>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Warning>
      )}
      {explained > 0 && (
        <div className="fg-expected">
          <p className="fg-secondary">
            {count(explained, "expected difference")} {showExpected ? "shown" : "left out"}:{" "}
            <button
              type="button"
              className="fg-link"
              onClick={() => setShowExpected(!showExpected)}
            >
              {showExpected ? "leave them out" : "show them"}
            </button>
          </p>
          <ul className="fg-plain-list">
            {[...counts].map(([rule, amount]) => (
              <li key={`${rule.kind ?? ""}${rule.name ?? ""}${rule.path}`} className="fg-secondary">
                {amount} of <span className="fg-code">{rule.path}</span>: {rule.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ChangesBody key={String(showExpected)} view={view} />
    </section>
  );
}
