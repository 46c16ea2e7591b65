import assert from "node:assert/strict";
import { parseDuration } from "../../../core/flux/duration.ts";

describe("parseDuration()", () => {
  for (const [text, ms] of [
    ["10m0s", 600_000],
    ["1h30m", 5_400_000],
    ["1.5s", 1_500],
    ["250ms", 250],
    ["10", undefined],
    ["1d", undefined],
    ["10m ", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${ms} ms`, () => assert.equal(parseDuration(text), ms));
  }
});
