import assert from "node:assert/strict";
import { createClock } from "../../azure-devops/clock.ts";
import { eventually } from "../support/eventually.ts";

const hour = 3_600_000;

describe("the sandbox's clock", () => {
  it("goes on by itself and can be put forward", () => {
    const clock = createClock();
    const before = clock.now().getTime();
    clock.advance(72 * hour);
    assert.ok(clock.now().getTime() - before >= 72 * hour);
  });

  it("calls what is due in its order, and nothing that was taken back", () => {
    const clock = createClock();
    const called: string[] = [];
    clock.after(2 * hour, () => called.push("second"));
    clock.after(hour, () => called.push("first"));
    clock.after(hour, () => called.push("taken back"))();
    clock.after(80 * hour, () => called.push("later"));
    clock.advance(72 * hour);
    assert.deepEqual(called, ["first", "second"]);
    clock.advance(8 * hour);
    assert.deepEqual(called, ["first", "second", "later"]);
  });

  it("calls what is due without being moved", async () => {
    const clock = createClock();
    let called = 0;
    clock.after(1, () => (called += 1));
    await eventually("the call", () => (called > 0 ? true : undefined));
    assert.equal(called, 1);
  });

  it("waits longer than a timer of the runtime can", () => {
    const clock = createClock();
    let called = 0;
    clock.after(40 * 24 * hour, () => (called += 1));
    clock.advance(39 * 24 * hour);
    assert.equal(called, 0);
    clock.advance(2 * 24 * hour);
    assert.equal(called, 1);
  });
});
