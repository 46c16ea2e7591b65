import * as React from "react";
import { heldBodies } from "../components/body-source.ts";
import { Failure, Warning } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { useComparer } from "../components/use-comparer.ts";
import type { Comparer } from "../data/beside/comparer.ts";
import type { SeenFolders } from "../data/beside/questions.ts";
import type { Moment } from "../data/compare-folders.ts";
import { useLive } from "../data/use-live.ts";
import { ChangesBody } from "../review/changes.tsx";
import type { ChangesView } from "../view/changes-view.ts";
import { count } from "../view/count.ts";

/** What differs from the left to the right: expected differences are counted, with their reasons. */
export function Comparison(props: {
  readonly left: Moment;
  readonly right: Moment;
  readonly titles: readonly [string, string];
}) {
  const { left, right, titles } = props;
  const key = JSON.stringify([left, right]);
  const comparer = useComparer(key);
  const compared = useLive(() => comparer.ask("folders", { left, right }), { key });
  if (compared.error !== undefined) {
    return <Failure error={compared.error} retry={compared.refresh} />;
  }
  if (compared.value === undefined) {
    return <Skeleton label={`Comparing ${titles.join(" with ")}`} rows={5} />;
  }
  const { value, refresh } = compared;
  return <Compared key={value.all.id} {...{ found: value, titles, comparer, renew: refresh }} />;
}

function Compared(props: {
  readonly found: SeenFolders;
  readonly titles: readonly [string, string];
  readonly comparer: Comparer;
  readonly renew: () => void;
}) {
  const { found, titles, comparer, renew } = props;
  const { complete, expected, problems, namespaces } = found;
  const [showExpected, setShowExpected] = React.useState(false);
  const explained = expected.reduce((sum, { amount }) => sum + amount, 0);
  const shown = showExpected ? found.all : found.left;
  const view = React.useMemo(() => withoutRisks(shown.view), [shown]);
  const bodies = React.useMemo(() => heldBodies(comparer, shown.id), [comparer, shown]);
  return (
    <section aria-label="Differences" className="fg-stack">
      <p role="status">
        From <b>{titles[0]}</b> to <b>{titles[1]}</b>: {view.summary}
        {complete ? "" : ", as far as it could be compared"}.
      </p>
      {problems.length > 0 && (
        <Warning>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Warning>
      )}
      {namespaces.map(({ from, to, objects: all, equal }) => (
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
            {expected.map(({ key, amount, path, reason }) => (
              <li key={key} className="fg-secondary">
                {amount} of <span className="fg-code">{path}</span>: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ChangesBody key={String(showExpected)} view={view} bodies={bodies} renew={renew} />
    </section>
  );
}

/** Risks are those of a change; two environments side by side have none. */
function withoutRisks(view: ChangesView): ChangesView {
  return { ...view, risks: [], objects: view.objects.map((object) => ({ ...object, risks: 0 })) };
}
