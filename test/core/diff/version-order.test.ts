import assert from "node:assert/strict";
import { isMajor, isOlder } from "../../../core/diff/version-order.ts";

/** From one version to another: what that is. */
const ways: readonly (readonly [from: string, to: string, is: "back" | "major" | "neither"])[] = [
  ["1.2.4", "1.2.3", "back"],
  ["1.10.0", "1.9.9", "back"],
  ["2", "1.9", "back"],
  ["v1.2.4", "1.2.3", "back"],
  ["1.2.4", "v1.2.3", "back"],
  ["1.2.4", "1.2.3@sha256:ab", "back"],
  ["12345679", "12345678", "back"],
  ["1.0.0", "0.9.0", "back"],
  ["1.2", "1.2.0", "neither"],
  ["1.2.0", "1.2", "neither"],
  ["1.2", "1", "back"],
  ["1.2.1", "1.2", "back"],
  ["1.2.4", "x1.2.3", "neither"],
  ["1.2.4", "1.2.3x", "neither"],
  ["1.2.4", "1.2.3.4", "neither"],
  ["1.2.4", "1.2.3_a", "neither"],
  ["1234567891", "1234567890", "neither"],
  ["1.2.3", "1.2.4", "neither"],
  ...["rc.1", "alpha", "beta2", "pre", "dev", "SNAPSHOT", "RC1"].flatMap(
    (word) =>
      [
        ["1.2.3", `1.2.3-${word}`, "back"],
        [`1.2.3-${word}`, "1.2.3", "neither"],
        [`1.2.3-${word}`, `1.2.3-${word}`, "neither"],
      ] as const,
  ),
  ["1.2.3-rc.10", "1.2.3-rc.9", "back"],
  ["1.2.3-rc.9", "1.2.3-RC.8", "back"],
  ["1.2.3-rc.9", "1.2.3-rc.10", "neither"],
  ["1.2.3-rc.1", "1.2.3-beta.2", "back"],
  ["1.2.3-beta.1", "1.2.3-alpha.2", "back"],
  ["1.2.3-alpha.1", "1.2.3-beta.1", "neither"],
  ["1.2.3-snapshot", "1.2.3-dev", "neither"],
  ["1.2.3-rc.1", "1.2.3-dev", "neither"],
  ["1.2.3", "1.2.3-x-rc", "neither"],
  ["1.2.3-snapshot.2", "1.2.3-snapshot.1", "back"],
  ["1.2.3", "1.2.3-alpine", "neither"],
  ["1.2.3-slim", "1.2.3-alpine", "neither"],
  ["1.2.3", "1.2.3-arc", "neither"],
  ["1.9.9", "2.0.0", "major"],
  ["1", "200.0.0", "major"],
  ["1", "201.0.0", "neither"],
  ["0.9.0", "1.0.0", "neither"],
  ["1.0.0", "1.1.0", "neither"],
  ["main", "2.0.0", "neither"],
  ["1.0.0", "main", "neither"],
];

describe("the order of versions", () => {
  for (const [from, to, is] of ways) {
    it(`from ${from} to ${to}: ${is}`, () => {
      assert.deepEqual([isOlder(to, from), isMajor(to, from)], [is === "back", is === "major"]);
    });
  }
});
