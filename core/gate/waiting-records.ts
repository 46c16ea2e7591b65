import { waitTaskId } from "../run/letter.ts";
import type { Timeline, TimelineRecord } from "../azure-devops/types.ts";

export type WaitingRecord = { readonly record: TimelineRecord; readonly job: TimelineRecord };

/** The WaitForFlux tasks of a run that wait: their job is in progress. */
export function waitingRecords(timeline: Timeline): readonly WaitingRecord[] {
  return recordsInRunningJobs(timeline).filter(({ record }) => record.state !== "completed");
}

/**
 * Those that have a result although their job goes on: other tasks of the job follow, or the job
 * never heard of the end.
 */
export function endedRecords(timeline: Timeline): readonly WaitingRecord[] {
  return recordsInRunningJobs(timeline).filter(({ record }) => record.state === "completed");
}

function recordsInRunningJobs(timeline: Timeline): readonly WaitingRecord[] {
  return timeline.records.flatMap((record) => {
    if (record.type !== "Task" || record.task?.id.toLowerCase() !== waitTaskId) return [];
    const job = jobOf(timeline, record);
    return job?.state === "inProgress" ? [{ record, job }] : [];
  });
}

export function jobOf(timeline: Timeline, record: TimelineRecord): TimelineRecord | undefined {
  const parent = timeline.records.find(({ id }) => id === record.parentId);
  return parent?.type === "Job" ? parent : undefined;
}
