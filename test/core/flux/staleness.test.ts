import assert from "node:assert/strict";
import { isStale } from "../../../core/flux/staleness.ts";

const minute = 60_000;

describe("isStale()", () => {
  it("is true after three intervals, and never before ten minutes", () => {
    assert.equal(isStale({ at: 0, interval: minute }, 10 * minute), false);
    assert.equal(isStale({ at: 0, interval: minute }, 10 * minute + 1), true);
    assert.equal(isStale({ at: 0, interval: 10 * minute }, 30 * minute), false);
    assert.equal(isStale({ at: 0, interval: 10 * minute }, 30 * minute + 1), true);
    assert.equal(isStale({ at: 0 }, 11 * minute), true);
  });
});
