import assert from "node:assert/strict";
import { parseDuration } from "../../../core/flux/duration.ts";

describe("parseDuration()", () => {
  for (const [text, ms] of [
    ["10m0s", 600_000],
    ["1h30m", 5_400_000],
    ["1.5s", 1_500],
    ["250ms", 250],
    ["1.25h", 4_500_000],
    ["0s", 0],
    ["10", undefined],
    ["in 10m", undefined],
    ["1.m", undefined],
    ["1d", undefined],
    ["10m ", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${ms} ms`, () => assert.equal(parseDuration(text), ms));
  }
});
