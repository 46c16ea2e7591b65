import assert from "node:assert/strict";
import { isStale } from "../../../core/flux/staleness.ts";

const minute = 60_000;

describe("isStale()", () => {
  it("is true once a report is overdue by half of its time, and never before a quarter of an hour", () => {
    for (const [interval, longest] of [
      [undefined, 15],
      [1, 15],
      [10, 15],
      [60, 90],
    ] as const) {
      const at = Date.parse("2026-11-23T12:00:00Z");
      const heard = { at, ...(interval === undefined ? {} : { interval: interval * minute }) };
      assert.equal(isStale(heard, at + longest * minute), false, `every ${interval} minutes`);
      assert.equal(isStale(heard, at + longest * minute + 1), true, `every ${interval} minutes`);
    }
  });
});
