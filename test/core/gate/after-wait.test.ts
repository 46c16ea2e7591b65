import assert from "node:assert/strict";
import type { TimelineRecord } from "../../../core/azure-devops/types.ts";
import { judgeAfterWait } from "../../../core/gate/after-wait.ts";

type Given = Partial<TimelineRecord> & Pick<TimelineRecord, "id">;
const record = (type: string, parentId: string | null, more: Given): TimelineRecord => ({
  ...{ type, parentId, name: more.id, state: "completed", result: "succeeded" },
  ...more,
});
const at = (minute: number) => `2026-01-01T00:0${minute}:00Z`;

const frame = (wait: Partial<TimelineRecord> = {}) => [
  ...["dev", "prod"].flatMap((id) => [
    record("Stage", null, { id }),
    record("Phase", id, { id: `phase of ${id}` }),
  ]),
  record("Job", "phase of dev", { id: "waiting job", startTime: at(1), finishTime: at(3) }),
  record("Task", "waiting job", { id: "WAIT", finishTime: at(3), ...wait }),
];
const job = (id: string, more: Partial<TimelineRecord> = {}, stage = "dev") =>
  record("Job", `phase of ${stage}`, { id, startTime: at(4), finishTime: at(5), ...more });
const judge = (records: readonly TimelineRecord[], cancelled = false) =>
  judgeAfterWait({ id: "t", records }, { task: "wait", cancelled });

describe("what a run does after its wait", () => {
  it("has failed when a later job of the stage has, in the words of its step", () => {
    const step = record("Task", "tests", {
      ...{ id: "smoke", name: "Smoke tests", result: "failed" },
      issues: [{ type: "error", message: "3 of 5 failed" }],
    });
    const text =
      "Deployed and healthy, but job tests failed after it, step Smoke tests: 3 of 5 failed";
    const found = judge([...frame(), job("tests", { result: "failed" }), step]);
    assert.deepEqual(found, { kind: "failed", text });
  });

  it("has failed while another job of it goes on", () => {
    const goesOn = { state: "inProgress", result: null } as const;
    const records = [...frame(), job("other", goesOn), job("tests", { result: "failed" })];
    assert.equal(judge(records).kind, "failed");
    assert.equal(judge([...frame(), job("other", goesOn), job("tests")]).kind, "running");
  });

  it("counts no job of another stage, and none that began before the wait had ended", () => {
    const other = job("tests of prod", { result: "failed" }, "prod");
    const beside = job("beside", { result: "failed", startTime: at(2) });
    assert.deepEqual(judge([...frame(), other, beside]), { kind: "nothing" });
  });

  it("has passed when all later jobs have, and says of a retry that it was one", () => {
    assert.deepEqual(judge([...frame(), job("a"), job("b", { result: "skipped" })]), {
      ...{ kind: "passed", again: false },
    });
    const again = judge([...frame(), job("a", { attempt: 2 })]);
    assert.deepEqual(again, { kind: "passed", again: true });
  });

  it("has failed when a job ran out of time, and not when somebody cancelled the run", () => {
    const records = [...frame(), job("tests", { result: "canceled" })];
    assert.match(JSON.stringify(judge(records)), /ended canceled after it/);
    assert.equal(judge(records, true).kind, "passed");
  });

  it("says nothing while the wait itself has not succeeded, or is not there", () => {
    const failed = job("tests", { result: "failed" });
    assert.equal(judge([...frame({ state: "pending", result: null }), failed]).kind, "no-wait");
    assert.equal(judge([...frame({ result: "failed" }), failed]).kind, "no-wait");
    assert.equal(judge([failed]).kind, "no-wait");
  });

  it("ends at a timeline whose parents lead in circles", () => {
    const looped = frame().map((one) =>
      one.id === "phase of dev" ? { ...one, parentId: "waiting job" } : one,
    );
    assert.equal(judge(looped).kind, "no-wait");
  });
});
