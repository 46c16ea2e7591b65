import { waitTaskId } from "../azure-devops/letter.ts";
import type { Timeline, TimelineRecord } from "../azure-devops/types.ts";

export type WaitingRecord = { readonly record: TimelineRecord; readonly job: TimelineRecord };

/**
 * The WaitForFlux tasks of a run whose job is in progress: those that wait, and those that have a
 * result although their job goes on (the connector was stopped between the two).
 */
export function waitingRecords(timeline: Timeline): readonly WaitingRecord[] {
  return timeline.records.flatMap((record) => {
    if (record.type !== "Task" || record.task?.id.toLowerCase() !== waitTaskId) return [];
    const job = jobOf(timeline, record);
    if (job?.state !== "inProgress" || record.state === "completed") return [];
    return [{ record, job }];
  });
}

export function jobOf(timeline: Timeline, record: TimelineRecord): TimelineRecord | undefined {
  const parent = timeline.records.find(({ id }) => id === record.parentId);
  return parent?.type === "Job" ? parent : undefined;
}
