import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { subtractExpected } from "../../core/team-rules/expected-differences.ts";
import { ruleKey } from "../../core/team-rules/team-rule.ts";
import { compareFolders, type FoldersComparison, type Moment } from "../data/compare-folders.ts";
import { useLive } from "../data/use-live.ts";
import { ChangesBody } from "../review/changes.tsx";
import { type ChangesView, changesView } from "../view/changes-view.ts";
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
  const { analysis, rules: team } = found;
  const [showExpected, setShowExpected] = React.useState(false);
  const { rules, problems } = team.expected;
  const { objects, counts } = React.useMemo(
    () => subtractExpected(analysis.objects, rules),
    [analysis, rules],
  );
  const explained = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const view = React.useMemo(
    () =>
      withoutRisks(changesView({ ...analysis, ...(showExpected ? {} : { objects }) }, team.noise)),
    [analysis, objects, showExpected, team],
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
      {(analysis.namespaces ?? []).map(({ from, to, objects: all, equal }) => (
        <p key={`${from} ${to}`} className="fg-secondary">
          {count(all, "object")} in <span className="fg-code">{from}</span> on the left and{" "}
          <span className="fg-code">{to}</span> on the right {all === 1 ? "was" : "were"} compared
          with each other; {equal} of {all} {equal === 1 ? "is" : "are"} the same otherwise.
        </p>
      ))}
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
              <li key={ruleKey(rule)} className="fg-secondary">
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

/** Risks are those of a change; two environments side by side have none. */
function withoutRisks(view: ChangesView): ChangesView {
  return { ...view, risks: [], objects: view.objects.map((object) => ({ ...object, risks: 0 })) };
}
