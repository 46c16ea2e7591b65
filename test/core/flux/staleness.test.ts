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
      const heard = { at: 0, ...(interval === undefined ? {} : { interval: interval * minute }) };
      assert.equal(isStale(heard, longest * minute), false, `every ${interval} minutes`);
      assert.equal(isStale(heard, longest * minute + 1), true, `every ${interval} minutes`);
    }
  });
});
