import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { PlaceInAddress } from "../components/use-place.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { loadTrace } from "../data/load-trace.ts";
import { createMemory } from "../data/memory.ts";
import { useLive } from "../data/use-live.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { otherProjects } from "../view/other-projects.ts";
import type { Place } from "../view/place.ts";
import { traceQuery } from "../view/trace-query.ts";
import { traceText } from "../view/trace-text.ts";
import { traceView } from "../view/trace-view.ts";
import { Journey } from "./journey.tsx";

/** Where a change is, and what it waits for, from whatever names it. */
export function Trace(props: {
  readonly facts: EnvironmentsFacts;
  readonly place: PlaceInAddress;
  readonly here: Place;
}) {
  const { facts, place, here } = props;
  const { ado, project } = useHost();
  const memory = React.useRef(createMemory());
  const asked = place.values?.["of"] ?? "";
  const [text, setText] = React.useState(asked);
  React.useEffect(() => setText(asked), [asked]);
  const query = traceQuery(asked);
  const { reports } = facts;
  const connectors = connectorsOf(reports);
  const others = otherProjects(reports, project);
  const traced = useLive(
    () => loadTrace(ado, { project: project.id, others, query, connectors }, memory.current),
    { key: JSON.stringify([project.id, asked]), everyMs: 30_000 },
  );
  const views = (traced.value?.journeys ?? []).map((journey) =>
    traceView(journey, { snapshots: reports, reportsRead: facts.reportsRead, ...here }),
  );
  return (
    <>
      <h1>Trace</h1>
      <form
        className="fg-filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          place.go({ view: "trace", of: text.trim() });
        }}
      >
        <label className="fg-field">
          <span>Where is</span>
          <input
            type="search"
            value={text}
            maxLength={300}
            placeholder="commit, run 812, !231, #42, api:1.5.0"
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <Button primary={true} text="Find" type="submit" />
      </form>
      {asked === "" && (
        <p className="fg-nothing">
          Name a commit of the code or of the manifests, a run, a pull request, a work item or an
          image, and see how far it has come.
        </p>
      )}
      {traced.error !== undefined && <Failure error={traced.error} retry={traced.refresh} />}
      {asked !== "" && traced.value === undefined && traced.error === undefined && (
        <Skeleton label={`Looking for ${asked}`} />
      )}
      {asked !== "" && traced.value !== undefined && (
        <p className="fg-secondary" role="status">
          {traceText(asked, traced.value)}
        </p>
      )}
      {views.map((view) => (
        <Journey key={view.key} view={view} />
      ))}
    </>
  );
}
