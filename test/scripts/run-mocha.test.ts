import assert from "node:assert/strict";
import { sumResults } from "../../scripts/run-mocha.ts";

const well = { passed: 2, failed: 0, skipped: 1, failures: [] };
const broken = { passed: 1, failed: 1, skipped: 1, failures: ["waits for the merge: timed out"] };

describe("the account of a test run", () => {
  it("counts what failed, and names it", () => {
    assert.deepEqual(sumResults({ "/a": well, "/b": broken }), {
      passed: 3,
      failed: 1,
      skipped: 2,
      lines: ["- failed: waits for the merge: timed out"],
    });
  });

  it("counts what failed beside others and passed alone once, and names it all the same", () => {
    assert.deepEqual(sumResults({ "/a": well, "/b": broken }, { "/b": well }), {
      passed: 4,
      failed: 0,
      skipped: 2,
      lines: ["- failed beside other tests, passed alone: waits for the merge: timed out"],
    });
  });

  it("stays failed by what failed alone too", () => {
    const { failed, lines } = sumResults({ "/b": broken }, { "/b": broken });
    assert.deepEqual([failed, lines], [1, ["- failed: waits for the merge: timed out"]]);
  });

  it("is failed when there is none", () => {
    assert.equal(sumResults(undefined).failed, 1);
  });
});
