import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { StateMark } from "../components/state-mark.tsx";
import type { TimelineRecord } from "../rest-types.ts";

/** Stages, their jobs and the jobs' tasks, each leading to its log. */
export function RunStages(props: {
  readonly records: readonly TimelineRecord[];
  readonly shown: string | undefined;
  readonly address: string;
  readonly retry: (stage: string) => void;
}) {
  const below = (parent: TimelineRecord, type: string) => descendants(props.records, parent, type);
  const stages = ordered(props.records.filter(({ type }) => type === "Stage"));
  return (
    <div className="portal-stages">
      {stages.map((stage) => (
        <section key={stage.id} aria-label={`Stage ${stage.name}`}>
          <h2 className="flex-row flex-center rhythm-horizontal-8">
            <span>{stage.identifier === "__default" ? "Jobs" : stage.name}</span>
            <StateMark state={stage.result ?? stage.state} />
            {(stage.attempt ?? 1) > 1 && <small>attempt {stage.attempt}</small>}
            {(stage.result === "failed" || stage.result === "canceled") && (
              <Button
                text="Retry stage"
                subtle={true}
                onClick={() => props.retry(stage.identifier ?? stage.name)}
              />
            )}
          </h2>
          {below(stage, "Job").map((job) => (
            <details key={job.id} open={true}>
              <summary>
                <Entry record={job} {...props} query={`&j=${job.id}`} />
              </summary>
              <ul>
                {below(job, "Task").map((task) => (
                  <li key={task.id}>
                    <Entry record={task} {...props} query={`&j=${job.id}&t=${task.id}`} />
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </section>
      ))}
    </div>
  );
}

function Entry(props: {
  readonly record: TimelineRecord;
  readonly shown: string | undefined;
  readonly address: string;
  readonly query: string;
}) {
  const { record, shown, address, query } = props;
  return (
    <span className="portal-entry">
      <a
        href={`${address}&view=logs${query}`}
        aria-current={record.id === shown ? "page" : undefined}
      >
        {record.name}
      </a>{" "}
      <StateMark state={record.result ?? record.state} />
    </span>
  );
}

function descendants(
  records: readonly TimelineRecord[],
  ancestor: TimelineRecord,
  type: string,
): readonly TimelineRecord[] {
  const children = records.filter(({ parentId }) => parentId === ancestor.id);
  return ordered(
    children.flatMap((child) =>
      child.type === type ? [child] : descendants(records, child, type),
    ),
  );
}

function ordered(records: readonly TimelineRecord[]): readonly TimelineRecord[] {
  return [...records].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}
