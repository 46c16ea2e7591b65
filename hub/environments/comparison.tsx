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
import { count } from "../../core/count.ts";

/** What differs from the left to the right: expected differences are counted, with their reasons. */
export function Comparison(props: {
  readonly left: Moment;
  readonly right: Moment;
  readonly titles: readonly [string, string];
  /** It is about to be made: nothing is expected of it, and its risks count. */
  readonly isProposed?: boolean;
}) {
  const { left, right, titles, isProposed = false } = props;
  // Two environments side by side: neither turns into the other.
  const isChange = left.repo.repository === right.repo.repository && left.path === right.path;
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
  const of = { found: value, titles, comparer, renew: refresh };
  return <Compared key={value.all.id} {...{ ...of, isProposed, isChange }} />;
}

function Compared(props: {
  readonly found: SeenFolders;
  readonly titles: readonly [string, string];
  readonly comparer: Comparer;
  readonly renew: () => void;
  readonly isProposed: boolean;
  readonly isChange: boolean;
}) {
  const { found, titles, comparer, renew, isProposed, isChange } = props;
  const { complete, expected, problems, namespaces } = found;
  const [showExpected, setShowExpected] = React.useState(false);
  const explained = isProposed ? 0 : expected.reduce((sum, { amount }) => sum + amount, 0);
  const shown = showExpected || isProposed ? found.all : found.left;
  const view = React.useMemo(
    () => (isProposed ? shown.view : withoutRisks(shown.view, isChange)),
    [shown, isProposed, isChange],
  );
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

/** Risks are those of a change that somebody decides on; between two environments no pods restart. */
function withoutRisks(view: ChangesView, isChange: boolean): ChangesView {
  const objects = view.objects.map((object) => ({
    ...object,
    risks: 0,
    restarts: isChange && object.restarts,
  }));
  return { ...view, risks: [], objects };
}
