import assert from "node:assert/strict";
import { deadlineOf } from "../../connector/reconcilers/deadline.ts";

const began = "2026-01-01T10:00:00Z";
const hostNow = Date.parse("2026-01-01T10:05:00Z");
const minutesLeft = (minutes: number | undefined, more = {}) =>
  (deadlineOf({ began, minutes, hostNow, now: 0, ...more }) / 60_000).toFixed(1);

describe("the deadline of a wait", () => {
  it("is the letter's time-out after the job's start, less a tenth and at most two minutes", () => {
    assert.equal(minutesLeft(10), "4.0");
    assert.equal(minutesLeft(60), "53.0");
    assert.equal(minutesLeft(72 * 60), (72 * 60 - 7).toFixed(1));
  });

  it("is the service's own default where the letter names none", () => {
    assert.equal(minutesLeft(undefined), minutesLeft(60));
  });

  it("is told by the service's clock, and kept by this process' own", () => {
    assert.equal(deadlineOf({ began, minutes: 60, hostNow, now: 1_000 }), 53 * 60_000 + 1_000);
  });
});
