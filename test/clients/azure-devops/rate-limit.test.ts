import assert from "node:assert/strict";
import {
  hearLimit,
  heldBack,
  priorities,
  unlimited,
  type Priority,
} from "../../../clients/azure-devops/rate-limit.ts";

const hostNow = Date.parse("2026-11-23T12:00:00Z");
const at = { now: 1_000, hostNow };
const reset = (inSeconds: number) => String(hostNow / 1000 + inSeconds);

function held(headers: Record<string, string>, now = at.now): readonly Priority[] {
  const limit = hearLimit(unlimited, new Headers(headers), at);
  return priorities.filter((one) => heldBack(limit, one, now) !== undefined);
}

const left = (units: string, of = "200") => ({
  ...{ "X-RateLimit-Remaining": units, "X-RateLimit-Limit": of, "X-RateLimit-Reset": reset(60) },
});

describe("what is left out while Azure DevOps throttles", () => {
  const rows: readonly (readonly [string, Record<string, string>, readonly Priority[]])[] = [
    ["nothing without a word of it", {}, []],
    ["nothing with half of the units", left("100"), []],
    ["snapshots below half", left("99"), ["snapshot"]],
    ["rollouts' steps below a third", left("59"), ["progress", "snapshot"]],
    ["looks for letters below a sixth", left("29"), ["letters", "progress", "snapshot"]],
    ["all but completions with none", left("0"), priorities.slice(1)],
    [
      "all but completions for as long as it asks to wait",
      { "Retry-After": "7" },
      priorities.slice(1),
    ],
    ["the same by the delay of a call", { "X-RateLimit-Delay": "1.5" }, priorities.slice(1)],
    ["nothing by a limit of none", left("0", "0"), []],
    ["nothing by what is no number", left("many"), []],
    ["nothing by an empty header", left(""), []],
  ];
  for (const [what, headers, expected] of rows) {
    it(`is ${what}`, () => assert.deepEqual(held(headers), expected));
  }

  it("comes back when the units do, or the wait is over", () => {
    assert.deepEqual(held(left("0"), at.now + 59_999), priorities.slice(1));
    assert.deepEqual(held(left("0"), at.now + 60_000), []);
    assert.deepEqual(held({ "Retry-After": "7" }, at.now + 7_000), []);
  });

  it("comes back after minutes, whatever the service's reset says", () => {
    const never = { ...left("0"), "X-RateLimit-Reset": reset(1e9) };
    assert.deepEqual(held(never, at.now + 5 * 60_000), []);
  });

  it("is forgotten by an answer that has units again, not by one that says nothing", () => {
    const none = hearLimit(unlimited, new Headers(left("0")), at);
    assert.ok(heldBack(hearLimit(none, new Headers(), at), "snapshot", at.now));
    const again = hearLimit(none, new Headers(left("200")), at);
    assert.equal(heldBack(again, "snapshot", at.now), undefined);
  });

  it("says how much is left, and until when", () => {
    const limit = hearLimit(unlimited, new Headers(left("12")), at);
    const why = "12 of 200 units of Azure DevOps are left for 60 s";
    assert.equal(heldBack(limit, "letters", at.now), why);
    const waits = hearLimit(unlimited, new Headers({ "Retry-After": "7" }), at);
    assert.equal(heldBack(waits, "failure", at.now), "Azure DevOps asks to wait 7 s");
  });
});
