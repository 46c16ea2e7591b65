import assert from "node:assert/strict";
import { bounded } from "../../../../rendering/checks/schemas/bounded.ts";

describe("work with a limit of time", () => {
  it("is begun again where the machine kept the processor from it", () => {
    let begun = 0;
    const held = new Int32Array(new SharedArrayBuffer(4));
    const work = () => {
      begun += 1;
      if (begun === 1) Atomics.wait(held, 0, 0, 60_000);
      return "done";
    };
    assert.deepEqual(bounded(50, work), { result: "done" });
    assert.equal(begun, 2);
  });

  it("is broken off inside a regular expression that would take years", () => {
    assert.equal(
      bounded(20, () => /^(a+)+$/.test(`${"a".repeat(60)}!`)),
      undefined,
    );
  });

  it("fails by its own errors", () => {
    assert.throws(() => bounded(20, () => assert.fail("no such field")), /no such field/);
  });
});
