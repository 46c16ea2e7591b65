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

describe("healthCheckExprs: bounds and words", () => {
  const said = (current: string, status: object = {}) => {
    const health = judged(status, { current });
    return "cause" in health ? health.cause : health.state;
  };
  const refused = (why: string) => `its healthCheckExprs cannot be evaluated: ${why}`;

  it("refuse an expression that is too long, and no shorter one", () => {
    const padded = (length: number) => `true${" ".repeat(length - 4)}`;
    assert.equal(said(padded(4_000)), "current");
    assert.equal(said(padded(4_001)), refused("it has more than 4000 characters"));
  });

  it("refuse loops in loops over long lists before they run, and take a single one", () => {
    const list = Array.from({ length: 1_500 }, (_, index) => index);
    const tooLong = refused("it would take too long on this object");
    const inner = (macro: string) => `status.list.all(a, status.list.${macro}(b, b >= a) || true)`;
    assert.equal(said(inner("exists"), { list }), tooLong);
    assert.equal(said(inner("all"), { list }), tooLong);
    assert.equal(said(inner("exists_one"), { list }), tooLong);
    const sized = (macro: string) =>
      `status.list.all(a, size(status.list.${macro}(b, b >= a)) >= 0)`;
    assert.equal(said(sized("filter"), { list }), tooLong);
    assert.equal(said(sized("map"), { list }), tooLong);
    assert.equal(said("status.list.all(a, a >= 0)", { list }), "current");
    assert.equal(said(inner("exists"), { list: [1, 2] }), "current");
    // Short lists, many loops: each is counted for the two values that it may have.
    const deep = (depth: number): string =>
      depth === 0 ? "true" : `status.list.all(x${depth}, ${deep(depth - 1)})`;
    assert.equal(said(deep(6), { list: [1] }), "current");
    assert.equal(said(deep(18), { list: [1] }), tooLong);
    // The longest list counts, wherever in the object it stands.
    const hidden = { list: [1], other: { deep: [[list]] } };
    assert.equal(said(inner("exists"), hidden), tooLong);
  });

  it("refuse patterns, wherever they stand, but no text of that name", () => {
    const no = refused("matches() is not evaluated here");
    assert.equal(said("status.a.matches('x')", { a: "x" }), no);
    assert.equal(said("matches(status.a, 'x')", { a: "x" }), no);
    assert.equal(said("true || [status.a].exists(a, a.matches('x'))", { a: "x" }), no);
    assert.equal(said("status.a == 'matches'", { a: "matches" }), "current");
    assert.equal(said("status.matches == 'x'", { matches: "x" }), "current");
  });

  it("refuse an answer that is neither true nor false, and objects that are too large", () => {
    const neither = refused("an expression answers neither true nor false");
    for (const text of ["1 + 1", "'true'", "status"]) assert.equal(said(text), neither);
    const many = (count: number) => ({ list: Array.from({ length: count }, () => "x") });
    assert.equal(said("true", many(19_000)), "current");
    assert.equal(said("true", many(20_000)), refused("the object has more than 20000 values"));
  });

  it("see fractions as such, and no status where there is none", () => {
    assert.equal(said("status.load < 0.75 && status.load > 0.25", { load: 0.5 }), "current");
    const absent = objectHealth(object(undefined), { expression: { current: "!has(status.x)" } });
    assert.equal(absent.state, "in-progress");
  });

  it("tell a failure by the object's own words, its first one as the reason", () => {
    const failure = (status: object) => {
      const health = judged(status, { failed: "true" });
      return health.state === "failed" ? [health.reason, health.cause] : [health.state];
    };
    assert.deepEqual(failure({ broken: true }), ["Failed", "its status says that it has failed"]);
    assert.deepEqual(failure({ phase: "Broken down" }), ["Broken", "Broken down"]);
    assert.deepEqual(failure({ phase: "?!" }), ["Failed", "?!"]);
    const busy = judged({ phase: "Copying" }, { inProgress: "true", current: "true" });
    assert.equal("cause" in busy ? busy.cause : busy.state, "Copying");
  });
});
