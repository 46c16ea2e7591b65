import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { runAddress } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { ContributedFrame } from "../../extension/contributed-frame.tsx";
import { runTabs } from "../../extension/run-tabs.ts";
import { call } from "../../rest.ts";
import type { TimelineRecord } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import { loadRun } from "./run-facts.ts";
import { RunLogs } from "./run-logs.tsx";
import { RunPanel } from "./run-panel.tsx";
import { RunSummary } from "./run-summary.tsx";

export function RunPage(
  props: PageProps & {
    readonly buildId: number;
    readonly job: string | undefined;
    readonly task: string | undefined;
    readonly view: string;
  },
) {
  const { project, base, buildId, manifest, rights, view } = props;
  const url = `${project}/_apis/build/builds/${buildId}`;
  const [error, setError] = React.useState<string>();
  const [again, setAgain] = React.useState(false);
  const live = useLive(() => loadRun(url), { key: url, everyMs: 1500 });
  const change = (path: string, body: unknown) => {
    setError(undefined);
    call(path, { method: "PATCH", body }).then(live.refresh, (failure: Error) =>
      setError(failure.message),
    );
  };
  const facts = live.value;
  const build = facts?.build;
  const refusal = refusalOf(rights, "builds");
  const address = runAddress(base, buildId);
  const tabs = runTabs(manifest, facts?.records ?? []);
  const contribution = tabs.find(({ id }) => id === view);
  const logs = view === "logs";
  const running = build !== undefined && build.status !== "completed";
  return (
    <>
      <PageHead
        title={build ? `${build.definition.name} #${build.buildNumber}` : `Run ${buildId}`}
        area="Pipelines"
        below={
          build && (
            <span className="portal-facts">
              <StateMark state={build.result ?? build.status} />
              <span>{agentsHeld(facts.records)}</span>
              {build.tags?.map((tag) => (
                <span key={tag} className="portal-tag">
                  {tag}
                </span>
              ))}
            </span>
          )
        }
        actions={
          build && (
            <>
              {running && (
                <ActionButton
                  text="Cancel"
                  refusal={refusal}
                  disabled={build.status === "cancelling"}
                  onClick={() => change(`${url}?api-version=7.1`, { status: "cancelling" })}
                />
              )}
              <ActionButton text="Run new" refusal={refusal} onClick={() => setAgain(true)} />
            </>
          )
        }
      >
        <Refusals reasons={[refusal]} />
        <TabLinks
          label="Run"
          tabs={[
            { name: "Summary", href: address, selected: !logs && contribution === undefined },
            { name: "Logs", href: `${address}&view=logs`, selected: logs },
            ...tabs.map(({ id, name }) => ({
              name,
              href: `${address}&view=${id}`,
              selected: id === view,
            })),
          ]}
        />
      </PageHead>
      {error !== undefined && (
        <MessageCard severity={MessageCardSeverity.Error} role="alert" className="portal-message">
          {error}
        </MessageCard>
      )}
      <Loaded live={live}>
        {(loaded) =>
          contribution !== undefined ? (
            <ContributedFrame
              contribution={contribution}
              project={project}
              configuration={{ buildId, build: loaded.build }}
              build={loaded.build}
            />
          ) : logs || props.job !== undefined || props.task !== undefined ? (
            <RunLogs {...loaded} {...{ url, address }} job={props.job} task={props.task} />
          ) : (
            <RunSummary
              {...loaded}
              {...{ project, base, url, address, refusal }}
              refresh={live.refresh}
              retry={(stage) =>
                change(`${url}/stages/${encodeURIComponent(stage)}?api-version=7.1`, {
                  state: "retry",
                  forceRetryAllJobs: false,
                })
              }
            />
          )
        }
      </Loaded>
      {again && build && (
        <RunPanel
          {...{ project, base }}
          definitionId={build.definition.id}
          onClose={() => setAgain(false)}
        />
      )}
    </>
  );
}

// A job with a worker's name runs on an agent; a waiting agentless job has none.
function agentsHeld(records: readonly TimelineRecord[]): string {
  const held = records.filter(
    ({ type, state, workerName }) => type === "Job" && state === "inProgress" && workerName,
  ).length;
  return held === 0 ? "No agent held" : `${held} agent${held > 1 ? "s" : ""} held`;
}
