import assert from "node:assert/strict";
import { objectHealth } from "../../../core/health/object-health.ts";
import type { HealthExpressions } from "../../../core/health/expressions.ts";

const object = (status: object | undefined, generation = 2) => ({
  ...{ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a", generation } },
  ...{ spec: { size: 3 }, data: { ready: "yes" } },
  ...(status === undefined ? {} : { status }),
});
const expressions = {
  inProgress: "has(status.busy) && status.busy",
  failed: "has(status.broken) && status.broken",
  current: "has(status.done) && status.done",
};
const judged = (status: object | undefined, expression: HealthExpressions = expressions) =>
  objectHealth(object(status), { expression });
const ready = "status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')";

describe("healthCheckExprs", () => {
  const rows: readonly (readonly [says: string, status: object | undefined, then: string])[] = [
    ["current", { done: true }, "current"],
    ["failed comes before current", { done: true, broken: true }, "failed"],
    ["in progress comes before failed", { done: true, broken: true, busy: true }, "in-progress"],
    ["none of them is in progress", { done: false }, "in-progress"],
    ["no status is in progress", undefined, "in-progress"],
    ["an older generation is in progress", { done: true, observedGeneration: 1 }, "in-progress"],
    ["this generation is", { done: true, observedGeneration: 2 }, "current"],
  ];
  for (const [says, status, then] of rows) {
    it(`${says}: ${then}`, () => assert.equal(judged(status).state, then));
  }

  it("see whole numbers as integers, and fields of any name", () => {
    const current = "status.size == spec.size && status.size + 1 == 4 && data.ready == 'yes'";
    assert.equal(judged({ size: 3 }, { current }).state, "current");
  });

  it("count also where the kind is known here", () => {
    const deployment = { ...object({ done: true }), apiVersion: "apps/v1", kind: "Deployment" };
    assert.equal(objectHealth(deployment, { expression: expressions }).state, "current");
  });

  it("that cannot be evaluated are in progress, and say so", () => {
    for (const current of [ready, "status.(", "1 + 1 == ", "unknown.thing"]) {
      const health = judged({}, { current });
      assert.equal(health.state, "in-progress");
      assert.match("cause" in health ? health.cause : "", /healthCheckExprs cannot be evaluated/);
    }
  });

  it("that answer no truth value are in progress", () => {
    assert.equal(judged({ done: "true" }, { current: "status.done" }).state, "in-progress");
  });

  it("have an end: loops in loops over long lists, patterns and long texts are refused", () => {
    const list = Array.from({ length: 3_000 }, (_, index) => index);
    const refused = [
      "status.list.exists(a, status.list.exists(b, a + b < 0))",
      "status.text.matches('(a+)+$')",
      `${"true && ".repeat(1_000)}true`,
    ];
    for (const current of refused) {
      const health = judged({ list, text: "a".repeat(40) }, { current });
      assert.match("cause" in health ? health.cause : "", /cannot be evaluated/, current);
    }
    assert.equal(
      judged({ list }, { current: "status.list.exists(a, a == 2999)" }).state,
      "current",
    );
  });

  it("are not asked about objects of any size", () => {
    const list = Array.from({ length: 30_000 }, (_, index) => index);
    const health = judged({ list, done: true });
    assert.match("cause" in health ? health.cause : "", /more than 20000 values/);
  });
});
