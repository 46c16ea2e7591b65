import { waitTaskId } from "../run/letter.ts";
import type { Timeline, TimelineRecord } from "../azure-devops/types.ts";

export type WaitingRecord = { readonly record: TimelineRecord; readonly job: TimelineRecord };

/** The tasks of a run that wait (by default WaitForFlux): their job is in progress. */
export function waitingRecords(
  timeline: Timeline,
  taskIds: readonly string[] = [waitTaskId],
): readonly WaitingRecord[] {
  return recordsInRunningJobs(timeline, taskIds).filter(
    ({ record }) => record.state !== "completed",
  );
}

/**
 * Those that have a result although their job goes on: other tasks of the job follow, or the job
 * never heard of the end.
 */
export function endedRecords(
  timeline: Timeline,
  taskIds: readonly string[] = [waitTaskId],
): readonly WaitingRecord[] {
  return recordsInRunningJobs(timeline, taskIds).filter(
    ({ record }) => record.state === "completed",
  );
}

function recordsInRunningJobs(
  timeline: Timeline,
  taskIds: readonly string[],
): readonly WaitingRecord[] {
  return timeline.records.flatMap((record) => {
    if (record.type !== "Task" || !isOneOf(taskIds, record)) return [];
    const job = jobOf(timeline, record);
    return job?.state === "inProgress" ? [{ record, job }] : [];
  });
}

function isOneOf(taskIds: readonly string[], { task }: TimelineRecord): boolean {
  return taskIds.some((id) => id.toLowerCase() === task?.id.toLowerCase());
}

export function jobOf(timeline: Timeline, record: TimelineRecord): TimelineRecord | undefined {
  const parent = timeline.records.find(({ id }) => id === record.parentId);
  return parent?.type === "Job" ? parent : undefined;
}
