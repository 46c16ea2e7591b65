import assert from "node:assert/strict";
import { waitTaskId } from "../../../core/run/letter.ts";
import type { TimelineRecord } from "../../../core/azure-devops/types.ts";
import { endedRecords, waitingRecords } from "../../../core/gate/waiting-records.ts";

const job = (id: string, state: TimelineRecord["state"]): TimelineRecord => ({
  ...{ id, type: "Job", name: id, state },
});
const wait = (
  id: string,
  parentId: string,
  more: Partial<TimelineRecord> = {},
): TimelineRecord => ({
  ...{ id, parentId, type: "Task", name: id, state: "pending" },
  task: { id: waitTaskId.toUpperCase(), name: "WaitForFlux" },
  ...more,
});

const timeline = {
  id: "t",
  records: [
    ...[job("running", "inProgress"), job("done", "completed")],
    wait("pending", "running"),
    wait("inProgress", "running", { state: "inProgress" }),
    wait("ended", "running", { state: "completed" }),
    wait("of an ended job", "done"),
    wait("of no job", "nowhere"),
    wait("another task", "running", { task: { id: "x", name: "Bash" } }),
  ],
};

describe("the WaitForFlux tasks of a run", () => {
  it("wait while their job is in progress, pending or not", () => {
    const names = waitingRecords(timeline).map(({ record }) => record.name);
    assert.deepEqual(names, ["pending", "inProgress"]);
  });

  it("have ended although their job goes on", () => {
    const found = endedRecords(timeline).map(({ record, job }) => `${record.name} in ${job.name}`);
    assert.deepEqual(found, ["ended in running"]);
  });
});
