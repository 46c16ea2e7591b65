import * as React from "react";
import { Choice, SearchField } from "../components/choice.tsx";
import { Warning } from "../components/note.tsx";
import type { PlaceInAddress } from "../components/use-place.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { agoText } from "../view/ago.ts";
import { count } from "../../core/count.ts";
import { environmentNames } from "../view/environment-names.ts";
import { type MatrixFilter, matrixView } from "../view/matrix-view.ts";
import type { Place } from "../view/place.ts";
import { Matrix } from "./matrix.tsx";
import { type ShownEnvironments, shownEnvironments } from "./shown-environments.ts";

const health = [
  ["all", "All"],
  ["attention", "Needs attention"],
  ["healthy", "Healthy everywhere"],
] as const;
const sorts = [
  ["attention", "What needs attention first"],
  ["name", "By name"],
] as const;

/** Applications × environments, with search, filters and order in the address. */
export function Overview(props: {
  readonly facts: EnvironmentsFacts;
  readonly at: number;
  readonly place: PlaceInAddress;
  readonly here: Place;
  readonly problems: React.ReactNode;
}) {
  const { facts, at, place, here, problems } = props;
  const values = place.values ?? {};
  const names = environmentNames(facts);
  const columns = shownEnvironments(names, values);
  const filter: MatrixFilter = {
    text: values["q"] ?? "",
    health: values["health"] ?? "all",
    sort: values["sort"] ?? "attention",
    shown: columns.shown,
  };
  const view = matrixView(facts, filter, here);
  return (
    <>
      <h1>Environments</h1>
      <p className="fg-secondary" role="status">
        {view.attention === 0 ? "" : `${attentionText(view.attention, facts.problems.length > 0)} `}
        Read {agoText(at, here.now)}.
      </p>
      {problems}
      {view.stale.length > 0 && (
        <Warning>
          <ul>
            {view.stale.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Warning>
      )}
      {names.length === 0 ? (
        <Nothing isRead={facts.problems.length === 0} />
      ) : (
        <>
          <div className="fg-filters" role="search" aria-label="Filter">
            <SearchField
              label="Search"
              placeholder="application, image, version, cause"
              value={filter.text}
              onChange={(q) => place.change({ q })}
            />
            <Choice
              label="Health"
              value={filter.health}
              options={health}
              onChange={(value) => place.change({ health: value === "all" ? "" : value })}
            />
            <Choice
              label="Order"
              value={filter.sort}
              options={sorts}
              onChange={(value) => place.change({ sort: value === "attention" ? "" : value })}
            />
            <SearchField
              label="Environments"
              placeholder="part of a name"
              value={values["environments"] ?? ""}
              onChange={(environments) => place.change({ environments, page: "" })}
            />
          </div>
          <Pages columns={columns} all={names.length} place={place} />
          {view.rows.length === 0 ? (
            <p className="fg-nothing" role="status">
              {view.allRows === 0
                ? facts.namesRead
                  ? "No application is in these environments."
                  : "Which applications are in these environments is not known."
                : `None of ${count(view.allRows, "application")} fits the filter.`}{" "}
              <button
                type="button"
                className="fg-link"
                onClick={() => place.change({ q: "", health: "", environments: "", page: "" })}
              >
                Show all
              </button>
            </p>
          ) : (
            <Matrix
              view={view}
              onOpen={(environment, app) =>
                place.go({ environment, ...(app === undefined ? {} : { app }) })
              }
            />
          )}
        </>
      )}
    </>
  );
}

function attentionText(cells: number, areMore: boolean): string {
  const text = cells === 1 ? "1 place needs attention." : `${cells} places need attention.`;
  return areMore ? `At least ${text}` : text;
}

function Pages(props: {
  readonly columns: ShownEnvironments;
  readonly all: number;
  readonly place: PlaceInAddress;
}) {
  const { columns, all, place } = props;
  const { page, pages, fitting } = columns;
  if (fitting === all && pages === 1) return null;
  const go = (to: number) => place.change({ page: to === 1 ? "" : String(to) });
  return (
    <div className="fg-pages">
      <span role="status">
        {count(fitting, "environment")} of {all}
        {pages > 1 ? `, page ${page} of ${pages}` : ""}
      </span>
      {pages > 1 && (
        <>
          <button
            type="button"
            className="fg-link"
            disabled={page === 1}
            onClick={() => go(page - 1)}
          >
            Previous
          </button>
          <button
            type="button"
            className="fg-link"
            disabled={page === pages}
            onClick={() => go(page + 1)}
          >
            Next
          </button>
        </>
      )}
    </div>
  );
}

function Nothing({ isRead }: { readonly isRead: boolean }) {
  if (!isRead) {
    return (
      <p className="fg-nothing">
        Whether there are environments is not known: what could not be read stands above.
      </p>
    );
  }
  return (
    <div className="fg-nothing">
      <h2>No environment yet</h2>
      <p>
        A manifests repository appears here once a run has opened its first pull request with the
        task OpenManifestsPR, or once a connector reports on it. One that you may not read never
        does.
      </p>
    </div>
  );
}
