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

  it("counts from the moment in which the wait ended, and by its job where the task has no time", () => {
    const atOnce = job("tests", { startTime: at(3), result: "failed" });
    assert.equal(judge([...frame(), atOnce]).kind, "failed");
    assert.equal(judge([...frame({ finishTime: null }), atOnce]).kind, "failed");
    const jobless = frame({ finishTime: null }).map((one) =>
      one.id === "waiting job" ? { ...one, finishTime: null } : one,
    );
    assert.equal(judge([...jobless, atOnce]).kind, "no-wait", "nobody knows what came after it");
    const unbegun = job("later", { startTime: null, result: "failed" });
    assert.equal(judge([...frame(), unbegun]).kind, "nothing");
  });

  it("counts neither the waiting job itself nor what is no job", () => {
    const own = frame().map((one) =>
      one.id === "waiting job" ? { ...one, startTime: at(4), result: "failed" as const } : one,
    );
    assert.equal(judge(own).kind, "nothing");
    const step = record("Task", "phase of dev", { id: "x", startTime: at(4), result: "failed" });
    assert.equal(judge([...frame(), step]).kind, "nothing");
  });

  it("takes a job with warnings for passed, and one that failed for failed, cancelled or not", () => {
    const warned = job("tests", { result: "succeededWithIssues" });
    assert.equal(judge([...frame(), warned]).kind, "passed");
    assert.equal(judge([...frame({ result: "succeededWithIssues" }), warned]).kind, "passed");
    assert.equal(judge([...frame({ result: "canceled" }), warned]).kind, "no-wait");
    assert.equal(judge([...frame(), job("tests", { result: "failed" })], true).kind, "failed");
  });

  it("is a retry where one of its jobs is", () => {
    const again = judge([...frame(), job("a"), job("b", { attempt: 2 })]);
    assert.deepEqual(again, { kind: "passed", again: true });
  });

  it("gives the job's own words where no step has failed, and none where there are none", () => {
    const text = (more: Partial<TimelineRecord>, ...steps: readonly TimelineRecord[]) => {
      const found = judge([...frame(), job("tests", { result: "failed", ...more }), ...steps]);
      return found.kind === "failed" ? found.text : found.kind;
    };
    const begin = "Deployed and healthy, but job tests";
    assert.equal(text({}), `${begin} failed after it`);
    const issues = [
      { type: "warning", message: "slow" },
      { type: "error", message: "no agent" },
    ];
    assert.equal(text({ issues }), `${begin} failed after it: no agent`);
    assert.equal(text({ issues: issues.slice(0, 1) }), `${begin} failed after it`);
    assert.equal(text({ result: null }), `${begin} ended without a result after it`);
    const step = (parent: string, more: Partial<TimelineRecord>) =>
      record("Task", parent, { id: "s", name: "S", result: "failed", issues, ...more });
    assert.equal(text({ issues }, step("tests", {})), `${begin} failed after it, step S: no agent`);
    assert.equal(text({}, step("other", {})), `${begin} failed after it`);
    assert.equal(text({}, step("tests", { result: "succeeded" })), `${begin} failed after it`);
    const inner = { ...step("tests", {}), type: "Checkpoint" };
    assert.equal(text({}, inner), `${begin} failed after it`);
  });

  it("ends at a timeline whose parents lead in circles", () => {
    const looped = frame().map((one) =>
      one.id === "phase of dev" ? { ...one, parentId: "waiting job" } : one,
    );
    assert.equal(judge(looped).kind, "no-wait");
  });
});
