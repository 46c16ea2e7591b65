import * as React from "react";
import { StateMark } from "../../components/state-mark.tsx";
import { Took } from "../../components/took.tsx";
import type { TimelineRecord } from "../../rest-types.ts";
import { below, stageName, stagesOf, stateOf } from "./records.ts";
import type { RunFacts } from "./run-facts.ts";
import { RunLog } from "./run-log.tsx";

/** Stages, jobs and tasks at the side, the log of the chosen one beside them. */
export function RunLogs(
  props: RunFacts & {
    readonly url: string;
    readonly address: string;
    readonly job: string | undefined;
    readonly task: string | undefined;
  },
) {
  const { records, url, address, build } = props;
  const wanted = records.find(({ id }) => id === (props.task ?? props.job));
  const shown = wanted ?? firstToShow(records);
  return (
    <div className="portal-run">
      <nav className="portal-card portal-record-tree" aria-label="Stages, jobs and tasks">
        {stagesOf(records).map((stage) => (
          <section key={stage.id} aria-label={`Stage ${stageName(stage)}`}>
            <h2>{stageName(stage)}</h2>
            <ul>
              {below(records, stage, "Job").map((job) => (
                <li key={job.id}>
                  <Entry record={job} shown={shown} href={`${address}&view=logs&j=${job.id}`} />
                  <ul>
                    {below(records, job, "Task").map((task) => (
                      <li key={task.id}>
                        <Entry
                          record={task}
                          shown={shown}
                          href={`${address}&view=logs&j=${job.id}&t=${task.id}`}
                        />
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      {shown ? (
        <RunLog
          key={shown.id}
          {...{ url, records }}
          record={shown}
          over={build.status === "completed"}
        />
      ) : (
        <p className="portal-empty">The run has not begun.</p>
      )}
    </div>
  );
}

function Entry(props: {
  readonly record: TimelineRecord;
  readonly shown: TimelineRecord | undefined;
  readonly href: string;
}) {
  const { record, shown, href } = props;
  return (
    <a
      className="portal-entry"
      href={href}
      aria-current={record.id === shown?.id ? "page" : undefined}
    >
      <StateMark state={stateOf(record)} text={record.name} />
      <Took from={record.startTime} to={record.finishTime} />
    </a>
  );
}

// What a person looks for first: what failed, then what runs or waits.
function firstToShow(records: readonly TimelineRecord[]): TimelineRecord | undefined {
  const tasks = records.filter(({ type }) => type === "Task");
  return (
    tasks.find(({ result }) => result === "failed") ??
    tasks.find(({ state }) => state === "inProgress") ??
    tasks.find(({ state, log }) => state === "pending" && log) ??
    stagesOf(records)
      .map((stage) => below(records, stage, "Job")[0])
      .find((job) => job !== undefined)
  );
}
