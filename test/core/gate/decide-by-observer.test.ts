// A cluster that its own connector judges, as one of an environment's.
import assert from "node:assert/strict";
import type { StatusState } from "../../../core/azure-devops/types.ts";
import { decide } from "../../../core/gate/decide.ts";
import { decideObserved } from "../../../core/gate/decide-observed.ts";
import type { ObserverFacts } from "../../../core/gate/observer-word.ts";
import { cluster, input, now } from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const asked = { id: 1, whole: false, at: now - 60_000 };
const facts = (
  state: StatusState | undefined,
  more: Partial<ObserverFacts> = {},
): ObserverFacts => ({
  asked,
  ...(state === undefined
    ? {}
    : { word: { state, text: "as it is", at: now - 30_000, answers: { id: 1, whole: false } } }),
  ...{ strangers: [], whole: false, askedSince: 0, now, longestAge: 120_000, patience: 0 },
  ...more,
});
const look = (observer: ObserverFacts) =>
  decide(input({ clusters: [cluster(), cluster({ name: "far", flux: [], observer })] }), now);

describe("decide(): a cluster that its own connector judges", () => {
  it("is done when that says so, in its words", () => {
    const verdict = look(facts("succeeded"));
    assert.equal(kindOf(verdict), "succeeded");
    assert.deepEqual(verdict.toQuestion, []);
    assert.match(
      verdict.progress.join("\n"),
      /^far: cluster far: its own connector says: as it is$/m,
    );
  });

  it("ends the run at once when that says that it failed", () => {
    for (const state of ["failed", "error"] as const) {
      const verdict = look(facts(state));
      assert.equal(kindOf(verdict), "failed terminal");
      assert.equal(verdict.text, "far: cluster far: its own connector says: as it is");
    }
  });

  it("is asked where it has not been", () => {
    const { asked: first, ...unasked } = facts(undefined);
    assert.ok(first);
    const verdict = look(unasked);
    assert.equal(kindOf(verdict), "waiting observer");
    assert.deepEqual(verdict.toQuestion, ["far"], "and no other");
    assert.match(verdict.text, /its own connector is being asked$/);
  });

  it("is waited for by what it was asked and when", () => {
    const verdict = look(facts(undefined));
    assert.match(verdict.text, /asked at 11:59 UTC, its own connector has not answered yet$/);
    assert.deepEqual(verdict.toQuestion, []);
  });

  it("names who else speaks under its name", () => {
    const verdict = look(facts("succeeded", { strangers: ["Mallory"] }));
    assert.match(verdict.notes.join(), /^far: Mallory has said something under the name/);
  });

  for (const state of ["pending", "notSet", "notApplicable", "partiallySucceeded"] as const) {
    it(`goes on while that says ${state}`, () => {
      const verdict = look(facts(state));
      assert.equal(kindOf(verdict), "waiting observer");
      assert.match(verdict.text, /its own connector says: as it is$/);
    });
  }

  it("is asked anew for an attempt after the question, not at its very moment", () => {
    const of = { cluster: "far", fresh: true };
    assert.ok(decideObserved(facts("succeeded", { askedSince: asked.at + 1 }), of).ask);
    assert.ok(!decideObserved(facts("succeeded", { askedSince: asked.at }), of).ask);
  });

  describe("that runs another part, by its paths,", () => {
    const identities = input().changed?.[0]?.identities ?? [];
    const elsewhere = { name: "far", flux: [], paths: ["dev/other"] };
    const lookAt = (above: readonly string[], observer: ObserverFacts) =>
      decide(
        input({
          clusters: [cluster(), { ...cluster(elsewhere), observer }],
          above: above.map((path) => ({ path, removed: false, identities })),
        }),
        now,
      );

    it("is not asked about what it does not run", () => {
      const { asked: first, ...unasked } = facts(undefined);
      assert.ok(first);
      assert.equal(kindOf(lookAt([], unasked)), "succeeded");
    });

    it("is asked where what lies above it changed, and holds the run until it answers", () => {
      const above = ["clusters/far/other.yaml"];
      const { asked: first, ...unasked } = facts(undefined);
      assert.ok(first);
      assert.deepEqual(lookAt(above, unasked).toQuestion, ["far"]);
      assert.equal(kindOf(lookAt(above, unasked)), "waiting observer");
      assert.equal(kindOf(lookAt(above, facts("succeeded"))), "succeeded");
    });
  });

  it("judges its own part alone, since others are asked about theirs", () => {
    const clusters = [cluster({ name: "far", paths: ["dev/other"] })];
    assert.equal(kindOf(decide(input({ clusters }), now)), "waiting concerned");
    assert.equal(kindOf(decide(input({ clusters, partial: true }), now)), "succeeded");
  });
});
