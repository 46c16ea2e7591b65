import assert from "node:assert/strict";
import { podFacts } from "../../../core/health/pod-facts.ts";

const metadata = { name: "api-1" };
const ended = (exitCode: number, reason?: string) => ({ terminated: { exitCode, reason } });
const one = (status: object, more: object = {}) =>
  podFacts({ metadata, status: { phase: "Running", containerStatuses: [status], ...more } });
const reasonOf = (status: object, more: object = {}) => one(status, more).reason;

describe("one pod as an operator reads it", () => {
  it("tells phase, ready containers of all, restarts and its start", () => {
    const facts = podFacts({
      metadata,
      spec: { containers: [{ name: "main" }, { name: "side" }, { name: "late" }] },
      status: {
        ...{ phase: "Running", startTime: "2026-11-23T12:00:00Z" },
        initContainerStatuses: [{ name: "init", ready: true, restartCount: 2 }],
        containerStatuses: [
          { name: "main", ready: true, restartCount: 3 },
          { name: "side", ready: false },
        ],
      },
    });
    assert.deepEqual(facts, {
      ...{ name: "api-1", phase: "Running", ready: 1, containers: 3, restarts: 5 },
      startedAt: "2026-11-23T12:00:00Z",
    });
  });

  it("makes do with a pod that says nothing", () => {
    const facts = { name: "?", phase: "Unknown", ready: 0, containers: 0, restarts: 0 };
    assert.deepEqual(podFacts({}), facts);
    assert.equal(podFacts({ status: { containerStatuses: [{}, {}] } }).containers, 2);
  });

  it("is terminating once it is being deleted, whatever its phase", () => {
    const deleted = { ...metadata, deletionTimestamp: "2026-11-23T12:00:00Z" };
    assert.equal(
      podFacts({ metadata: deleted, status: { phase: "Running" } }).phase,
      "Terminating",
    );
  });

  it("tells the first exit code that is none of success, of init containers before others", () => {
    assert.equal(one({ state: ended(3) }).exitCode, 3);
    assert.equal(one({ lastState: ended(137) }).exitCode, 137);
    assert.equal(one({ state: ended(0), lastState: ended(137) }).exitCode, 137);
    assert.equal(one({ state: ended(0) }).exitCode, undefined);
    const init = { initContainerStatuses: [{ state: ended(1) }] };
    assert.equal(one({ state: ended(3) }, init).exitCode, 1);
  });

  it("tells why it is not well: its container, itself, the scheduler, then how it ended", () => {
    const waiting = { state: { waiting: { reason: "CrashLoopBackOff" } } };
    const itself = { reason: "Evicted" };
    const unscheduled = (reason?: string) => ({
      conditions: [{ type: "PodScheduled", status: "False", reason }],
    });
    const oom = { state: { running: {} }, lastState: ended(137, "OOMKilled") };
    assert.equal(reasonOf(waiting, { ...itself, ...unscheduled("Late") }), "CrashLoopBackOff");
    assert.equal(reasonOf(oom, { ...itself, ...unscheduled("Late") }), "Evicted");
    assert.equal(reasonOf(oom, unscheduled("SchedulingGated")), "SchedulingGated");
    assert.equal(reasonOf(oom, unscheduled()), "Unschedulable");
    const scheduled = { conditions: [{ type: "PodScheduled", status: "True", reason: "Late" }] };
    assert.equal(reasonOf(oom, scheduled), "OOMKilled");
    assert.equal(reasonOf({ state: ended(1, "Error"), lastState: ended(2, "Other") }), "Error");
  });

  it("has no reason where all is well, or nothing is told", () => {
    assert.equal(reasonOf({ state: { running: {} } }), undefined);
    assert.equal(reasonOf({ state: ended(0, "Completed") }), undefined);
    assert.equal(reasonOf({ state: ended(1) }), undefined);
    assert.ok(!("reason" in podFacts({ metadata })));
  });
});
