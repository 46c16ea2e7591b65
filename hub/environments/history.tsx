import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { Section } from "../components/section.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { PlaceInAddress } from "../components/use-place.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { loadHistory } from "../data/load-history.ts";
import { useLive } from "../data/use-live.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { historyRows } from "../view/history-view.ts";
import { unreadOf } from "../view/unread.ts";
import type { Place } from "../view/place.ts";

/** All commits that changed an environment's folder, a page at a time, to compare with or to go back to. */
export function History(props: {
  /** As the address calls it. */
  readonly name: string;
  readonly environment: string;
  readonly at: Moment;
  readonly facts: EnvironmentsFacts;
  readonly place: PlaceInAddress;
  readonly here: Place;
}) {
  const { name, environment, at, facts, place, here } = props;
  const { ado } = useHost();
  const page = Math.max(0, Math.floor(Number(place.values?.["historyPage"] ?? "1")) - 1 || 0);
  const history = useLive(
    () => loadHistory(ado, { at, page, connectors: connectorsOf(facts.snapshots) }),
    { key: JSON.stringify([at, page]) },
  );
  const merged = history.value?.merged;
  const unjudged = history.value?.commits.find(({ statuses }) => "error" in statuses)?.statuses;
  const rows = historyRows(history.value?.commits ?? [], {
    ...{ facts, environment, at, here },
    merged: merged !== undefined && "value" in merged ? merged.value : new Map(),
  });
  const { leftAt = "", rightAt = "" } = place.values ?? {};
  const sides = { view: "compare", left: name, right: name };
  const go = (to: number) => place.change({ historyPage: to === 0 ? "" : String(to + 1) });
  return (
    <Section title={`History of ${name}`}>
      {history.error !== undefined && <Failure error={history.error} retry={history.refresh} />}
      {history.value === undefined && history.error === undefined && (
        <Skeleton label="Reading the history" />
      )}
      {history.value !== undefined && rows.length === 0 && (
        <p className="fg-secondary">
          No commit has changed its folder{page > 0 ? " before that" : ""}.
        </p>
      )}
      <Problems
        of={[
          ...unreadOf("Who approved what", merged),
          ...unreadOf("What became of some of these commits", unjudged),
        ]}
        retry={history.refresh}
      />
      {rows.length > 0 && (
        <table className="fg-table fg-commits">
          <thead>
            <tr>
              <th scope="col">Commit</th>
              <th scope="col">Change</th>
              <th scope="col">By</th>
              <th scope="col">When</th>
              <th scope="col">In the clusters</th>
              <th scope="col">Compare</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" className="fg-code">
                  <HostLink url={row.commit.url}>{row.commit.text}</HostLink>
                </th>
                <td>
                  {row.title}{" "}
                  {row.pullRequest && (
                    <HostLink url={row.pullRequest.url}>{row.pullRequest.text}</HostLink>
                  )}
                </td>
                <td>
                  {row.by}
                  {row.approved !== "" && <div className="fg-secondary">{row.approved}</div>}
                </td>
                <td>{row.age}</td>
                <td>
                  <Mark tone={row.tone}>{row.verdict}</Mark>
                </td>
                <td>
                  <div className="fg-actions">
                    <Go
                      text="Going back"
                      label={`What going back to ${row.commit.text} would change`}
                      go={() =>
                        place.go({ ...sides, rightAt: row.id, back: place.values?.["back"] ?? "" })
                      }
                    />
                    {row.id !== leftAt && (
                      <Go
                        text="From here"
                        label={`From here: compare from ${row.commit.text}`}
                        go={() =>
                          place.go({
                            ...sides,
                            leftAt: row.id,
                            rightAt: leftAt === "" || rightAt === row.id ? "" : rightAt,
                          })
                        }
                      />
                    )}
                    {leftAt !== "" && row.id !== leftAt && row.id !== rightAt && (
                      <Go
                        text="To here"
                        label={`To here: compare ${leftAt.slice(0, 8)} with ${row.commit.text}`}
                        go={() => place.go({ ...sides, leftAt, rightAt: row.id })}
                      />
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="fg-pages">
        {page > 0 && (
          <button type="button" className="fg-link" onClick={() => go(page - 1)}>
            Newer
          </button>
        )}
        {history.value?.more === true && (
          <button type="button" className="fg-link" onClick={() => go(page + 1)}>
            Older
          </button>
        )}
      </div>
    </Section>
  );
}

function Go(props: { readonly text: string; readonly label: string; readonly go: () => void }) {
  return (
    <button type="button" className="fg-link" aria-label={props.label} onClick={props.go}>
      {props.text}
    </button>
  );
}
