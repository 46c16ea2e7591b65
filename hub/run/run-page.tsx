import * as React from "react";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { RunApprovals } from "../components/run-approvals.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { readBuildOfPage, reportLoaded } from "../data/host.ts";
import { loadRunChecks } from "../data/load-run-checks.ts";
import { loadSnapshots } from "../data/load-snapshots.ts";
import { loadTrace } from "../data/load-trace.ts";
import { createMemory } from "../data/memory.ts";
import { reading, valueOf } from "../data/read.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { Journey } from "../environments/journey.tsx";
import { otherProjects } from "../view/other-projects.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { runTraceText } from "../view/trace-text.ts";
import { traceView } from "../view/trace-view.ts";
import { unreadOf } from "../view/unread.ts";
import { RunReview } from "./run-review.tsx";

/** What one run waits for and what became of it: its pull requests, from commit to healthy pods. */
export function RunPage() {
  const { ado, project, extension } = useHost();
  const memory = React.useRef(createMemory());
  const now = useNow();
  const run = useLive(
    async () => {
      const build = await readBuildOfPage();
      // Without them it is not known whose statuses count.
      const reports = await reading(loadSnapshots(ado, extension));
      const snapshots = "value" in reports ? reports.value : [];
      const connectors = connectorsOf(snapshots);
      const query = { kind: "run", build } as const;
      const others = otherProjects(snapshots, project);
      const of = { project: project.id, others, query, connectors };
      const [trace, checks, who] = await Promise.all([
        reading(loadTrace(ado, of, memory.current)),
        loadRunChecks(ado, { project: project.id, build }),
        reading(memory.current(["who"], () => readConnectionData(ado))),
      ]);
      const me = valueOf(who);
      return {
        ...{ snapshots, checks, reportsRead: "value" in reports },
        me: me && { id: me.authenticatedUser.id },
        trace: valueOf(trace),
        unread: [
          ...unreadOf("What the run has opened", trace),
          ...unreadOf("Whose approvals these are", who),
          ...unreadOf("What connectors report of clusters", reports),
        ],
      };
    },
    { key: project.id, everyMs: 15_000 },
  );
  const something = run.value !== undefined || run.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  const { organisationUrl } = ado;
  const { me, unread = [], trace, snapshots = [], reportsRead = false } = run.value ?? {};
  const journeys = trace?.journeys ?? [];
  const views = journeys.map((one) => ({
    view: traceView(one, { snapshots, reportsRead, organisationUrl, now }),
    pullRequest: one.pullRequest,
  }));
  const open = journeys.filter(({ pullRequest }) => pullRequest.status === "active");
  return (
    <div className="fg-page">
      <h1>Deployments of this run</h1>
      {run.error !== undefined && <Failure error={run.error} retry={run.refresh} />}
      {!something && <Skeleton label="Reading what became of the run" />}
      <Problems of={unread} retry={run.refresh} />
      {run.value !== undefined && me !== undefined && (
        <RunApprovals checks={run.value.checks} me={me} now={now} refresh={run.refresh} />
      )}
      {trace !== undefined && runTraceText(trace) !== "" && (
        <p className="fg-nothing" role="status">
          {runTraceText(trace)}
        </p>
      )}
      {views.map(({ view, pullRequest }) => (
        <React.Fragment key={view.key}>
          <Journey view={view} />
          {pullRequest.status === "active" && (
            <RunReview pullRequest={pullRequest} startsOpen={open.length === 1} />
          )}
        </React.Fragment>
      ))}
    </div>
  );
}
