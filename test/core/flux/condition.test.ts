import assert from "node:assert/strict";
import { isTrue, readConditions } from "../../../core/flux/condition.ts";

describe("a condition", () => {
  const conditions = readConditions({
    status: {
      conditions: [
        { type: "A", status: "True" },
        { type: "B", status: "False" },
      ],
    },
  });
  for (const [type, then] of [
    ["A", true],
    ["B", false],
    ["C", false],
  ] as const) {
    it(`is ${then ? "" : "not "}true where it ${type === "C" ? "does not stand" : "says so"}: ${type}`, () => {
      assert.equal(isTrue(conditions, type), then);
    });
  }
});
