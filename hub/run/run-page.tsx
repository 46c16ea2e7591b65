import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { readBuildOfPage, reportLoaded } from "../data/host.ts";
import { loadSnapshots } from "../data/load-snapshots.ts";
import { loadTrace } from "../data/load-trace.ts";
import { createMemory } from "../data/memory.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { Journey } from "../environments/journey.tsx";
import { connectorsOf } from "../view/connector-statuses.ts";
import { traceView } from "../view/trace-view.ts";

/** What became of one run: its pull requests, from commit to healthy pods. */
export function RunPage() {
  const { ado, project, extension } = useHost();
  const memory = React.useRef(createMemory());
  const now = useNow();
  const run = useLive(
    async () => {
      const build = await readBuildOfPage();
      const snapshots = await loadSnapshots(ado, extension).catch(() => []);
      const connectors = connectorsOf(snapshots);
      const query = { kind: "run", build } as const;
      const of = { project: project.id, query, connectors };
      return { build, snapshots, ...(await loadTrace(ado, of, memory.current)) };
    },
    { key: project.id, everyMs: 15_000 },
  );
  const something = run.value !== undefined || run.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  const { organisationUrl } = ado;
  const { journeys = [], snapshots = [] } = run.value ?? {};
  const views = journeys.map((one) => traceView(one, { snapshots, organisationUrl, now }));
  return (
    <div className="fg-page">
      <h1>Deployments of this run</h1>
      {run.error !== undefined && <Failure error={run.error} retry={run.refresh} />}
      {!something && <Skeleton label="Reading what became of the run" />}
      {run.value !== undefined && views.length === 0 && (
        <p className="fg-nothing">
          This run has opened no manifests pull request: it is not that far, it found nothing to
          change, or it deploys nothing.
        </p>
      )}
      {views.map((view) => (
        <Journey key={view.key} view={view} />
      ))}
    </div>
  );
}
