import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Loaded } from "../components/loaded.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { call } from "../rest.ts";
import type { Build, TimelineRecord } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";
import { RunLog } from "./run-log.tsx";
import { RunStages } from "./run-stages.tsx";

type Run = { readonly build: Build; readonly records: readonly TimelineRecord[] };

export function RunPage(
  props: PageProps & { buildId: number; job: string | undefined; task: string | undefined },
) {
  const { project, base, buildId } = props;
  const url = `${project}/_apis/build/builds/${buildId}`;
  const [error, setError] = React.useState<string>();
  const live = useLive<Run>(
    async () => ({
      build: await call<Build>(url),
      records: (
        (await call<{ records: TimelineRecord[] } | "">(`${url}/timeline`)) || { records: [] }
      ).records,
    }),
    { key: url, everyMs: 1500 },
  );
  const change = (path: string, body: unknown) => {
    setError(undefined);
    call(path, { method: "PATCH", body }).then(live.refresh, (failure: Error) =>
      setError(failure.message),
    );
  };
  return (
    <Loaded live={live}>
      {({ build, records }) => {
        const shown = records.find(({ id }) => id === (props.task ?? props.job));
        const address = `${base}/_build/results?buildId=${buildId}`;
        return (
          <>
            <h1>
              {build.definition.name} #{build.buildNumber}
            </h1>
            {error && <MessageCard severity={MessageCardSeverity.Error}>{error}</MessageCard>}
            <p className="flex-row flex-center rhythm-horizontal-16">
              <StateMark state={build.result ?? build.status} />
              <span>
                {build.sourceBranch.replace("refs/heads/", "")} {build.sourceVersion.slice(0, 8)}
              </span>
              <span>{agentsHeld(records)}</span>
              {build.status === "inProgress" && (
                <Button
                  text="Cancel"
                  onClick={() => change(`${url}?api-version=7.1`, { status: "cancelling" })}
                />
              )}
            </p>
            <div className="portal-run">
              <RunStages
                records={records}
                shown={shown?.id}
                address={address}
                retry={(stage) =>
                  change(`${url}/stages/${stage}?api-version=7.1`, {
                    state: "retry",
                    forceRetryAllJobs: false,
                  })
                }
              />
              {shown && <RunLog key={shown.id} url={url} record={shown} records={records} />}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

// A job with a worker's name runs on an agent; a waiting agentless job has none.
function agentsHeld(records: readonly TimelineRecord[]): string {
  const held = records.filter(
    ({ type, state, workerName }) => type === "Job" && state === "inProgress" && workerName,
  ).length;
  return held === 0 ? "No agent held" : `${held} agent${held > 1 ? "s" : ""} held`;
}
