import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import { useHost } from "../components/host-context.tsx";
import { SearchField } from "../components/choice.tsx";
import { ListPlaceProvider } from "../components/list-place.ts";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { Section } from "../components/section.tsx";
import { type PlaceInAddress, usePlace } from "../components/use-place.ts";
import { reportLoaded } from "../data/host.ts";
import { ReviewOf } from "../review/review-of.tsx";
import { type Awaiting, loadAwaiting } from "../data/load-awaiting.ts";
import { useLive, useNow } from "../data/use-live.ts";
import {
  awaitingItem,
  awaitingText,
  fitsText,
  groups,
  groupTitles,
  reviewPlace,
} from "../view/awaiting-view.ts";
import { ApproveSelected, type Selected } from "./approve-selected.tsx";
import { AwaitingApprovals } from "./awaiting-approvals.tsx";
import { AwaitingRow } from "./awaiting-row.tsx";
import { comparisonKey, useComparisons } from "./use-comparisons.ts";

const everyMs = 120_000;

/** What waits in a project, or the review of one of it, as the address says. */
export function AwaitsPage() {
  const place = usePlace({ home: "list" });
  const { project } = useHost();
  const { view, repository = "", id = "" } = place.values ?? {};
  if (place.values === undefined) return null;
  if (view !== "review") return <AwaitsList place={place} />;
  return (
    <div className="fg-page">
      <nav aria-label="Way back" className="fg-crumbs">
        <button type="button" className="fg-link" onClick={() => place.go({ view: "list" })}>
          All that awaits review
        </button>
      </nav>
      <ListPlaceProvider value={place}>
        {repository !== "" && /^[1-9]\d{0,8}$/.test(id) ? (
          <ReviewOf repo={{ project: project.id, repository }} id={Number(id)} />
        ) : (
          <>
            <h1>Review</h1>
            <p className="fg-nothing">This address names no pull request.</p>
          </>
        )}
      </ListPlaceProvider>
    </div>
  );
}

/** All that waits for an approver in a project, by how grave it is. */
function AwaitsList({ place }: { readonly place: PlaceInAddress }) {
  const { ado, project, extension } = useHost();
  const awaiting = useLive(() => loadAwaiting(ado, { project: project.id, extension }), {
    key: project.id,
    everyMs,
  });
  const something = awaiting.value !== undefined || awaiting.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  return (
    <div className="fg-page">
      {awaiting.error !== undefined && <Failure error={awaiting.error} retry={awaiting.refresh} />}
      {!something && <Spinner label="Loading" />}
      {awaiting.value !== undefined && (
        <Loaded awaiting={awaiting.value} place={place} refresh={awaiting.refresh} />
      )}
    </div>
  );
}

function Loaded(props: {
  readonly awaiting: Awaiting;
  readonly place: PlaceInAddress;
  readonly refresh: () => void;
}) {
  const { open, problems } = props.awaiting;
  const { refresh } = props;
  const { place } = props;
  const text = place.values?.["q"] ?? "";
  const { ado, extension } = useHost();
  const now = useNow();
  const comparisons = useComparisons(open);
  const [chosen, setChosen] = React.useState<ReadonlySet<string>>(new Set());
  const here = { organisationUrl: ado.organisationUrl, extension, now };
  const all = open.map((facts): Selected => {
    const key = comparisonKey(facts);
    return { facts, item: awaitingItem(facts, { key, compared: comparisons.get(key) }, here) };
  });
  const fitting = all.filter(({ item }) => fitsText(item, text));
  const selectable = fitting.filter(({ item }) => item.vote !== undefined);
  const selected = selectable.filter(({ item }) => chosen.has(item.key));
  const toggle = (key: string) =>
    setChosen(
      new Set(chosen.has(key) ? [...chosen].filter((one) => one !== key) : [...chosen, key]),
    );
  return (
    <>
      <h1>Awaits review</h1>
      <p className="fg-secondary" role="status">
        {awaitingText(props.awaiting)}
      </p>
      <AwaitingApprovals />
      <Problems of={problems} retry={refresh} />
      {(open.length > 1 || text !== "") && (
        <div className="fg-filters" role="search" aria-label="Filter">
          <SearchField
            label="Search"
            placeholder="delivery, environment, risk, image"
            value={text}
            onChange={(q) => place.change({ q })}
          />
          {text !== "" && (
            <span className="fg-secondary" role="status">
              {fitting.length} of {open.length} shown
            </span>
          )}
        </div>
      )}
      {selectable.length > 0 && (
        <ApproveSelected
          selected={selected}
          onDone={() => {
            setChosen(new Set());
            refresh();
          }}
        />
      )}
      {groups.map((group) => {
        const own = fitting.filter(({ item }) => item.group === group);
        if (own.length === 0) return null;
        return (
          <Section key={group} title={`${groupTitles[group]} (${own.length})`}>
            <ul className="fg-awaiting">
              {own.map(({ item }) => (
                <AwaitingRow
                  key={item.key}
                  item={item}
                  review={() => place.go(reviewPlace(item))}
                  isOn={chosen.has(item.key)}
                  toggle={() => toggle(item.key)}
                />
              ))}
            </ul>
          </Section>
        );
      })}
    </>
  );
}
