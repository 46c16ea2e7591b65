import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Help } from "../components/help.tsx";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { PageTabs } from "../components/page-tabs.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { type PlaceInAddress, usePlace } from "../components/use-place.ts";
import { reportLoaded } from "../data/host.ts";
import { type EnvironmentsFacts, loadEnvironments } from "../data/load-environments.ts";
import { createMemory } from "../data/memory.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { Compare } from "./compare.tsx";
import { Near } from "./near.tsx";
import { Overview } from "./overview.tsx";
import { shownEnvironments } from "./shown-environments.ts";
import { Trace } from "./trace.tsx";

const everyMs = 15_000;

/** What runs where, how healthy it is, and how old that knowledge is. */
export function EnvironmentsPage() {
  const { ado, project, extension } = useHost();
  const memory = React.useRef(createMemory());
  const place = usePlace();
  const { values } = place;
  const facts = useLive(
    () =>
      loadEnvironments(
        ado,
        {
          project: project.id,
          extension,
          shown: (known) => shownEnvironments(known, values ?? {}).shown,
          near: values?.["environment"],
        },
        memory.current,
      ),
    { key: project.id, everyMs },
  );
  const { refresh } = facts;
  // What is shown decides what is read: another choice is read at once.
  const choice = JSON.stringify(
    ["environment", "environments", "page"].map((key) => values?.[key] ?? ""),
  );
  React.useEffect(refresh, [choice, refresh]);
  const something = facts.value !== undefined || facts.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  const view = values?.["view"] ?? "environments";
  return (
    <div className="fg-page fg-wide">
      <div className="fg-top">
        <PageTabs place={place} view={view} />
        <Help of="environments" />
      </div>
      {facts.error !== undefined && <Failure error={facts.error} retry={facts.refresh} />}
      {!something && (
        <>
          <h1>Environments</h1>
          <Skeleton label="Reading what runs where" rows={6} />
        </>
      )}
      {facts.value !== undefined && values !== undefined && (
        <Loaded
          facts={facts.value}
          at={facts.at ?? 0}
          place={place}
          view={view}
          refresh={refresh}
        />
      )}
    </div>
  );
}

function Loaded(props: {
  readonly facts: EnvironmentsFacts;
  readonly at: number;
  readonly place: PlaceInAddress;
  readonly view: string;
  readonly refresh: () => void;
}) {
  const { facts, at, place, view, refresh } = props;
  const { ado, extension } = useHost();
  const now = useNow();
  const here = { organisationUrl: ado.organisationUrl, extension, now };
  const environment = place.values?.["environment"] ?? "";
  const problems = <Problems of={facts.problems} retry={refresh} />;
  if (view === "trace") return <Trace facts={facts} place={place} here={here} />;
  if (view === "compare" || environment !== "") {
    return (
      <>
        {problems}
        {view === "compare" ? (
          <Compare facts={facts} place={place} here={here} />
        ) : (
          <Near facts={facts} place={place} here={here} environment={environment} />
        )}
      </>
    );
  }
  return <Overview facts={facts} at={at} place={place} here={here} problems={problems} />;
}
