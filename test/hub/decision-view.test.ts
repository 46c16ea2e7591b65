import assert from "node:assert/strict";
import { decisionView } from "../../hub/view/decision-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const me = { id: "ari", name: "Ari" };
const now = Date.parse("2026-11-23T12:00:00Z");
const look = (change: object, rejection?: { by: string; reason: string }) =>
  decisionView({ pullRequest: { ...aPullRequest, ...change }, me, rejection }, now);
const reviewer = (id: string, vote: number) => ({ id, displayName: id, vote });

describe("what an approver can decide", () => {
  it("is all three while nothing stands against it", () => {
    const { actions, outcome } = look({});
    const expected = { approve: true, cannotComplete: undefined, completesItself: false };
    assert.deepEqual(actions, expected);
    assert.equal(outcome, undefined);
  });

  it("says why it cannot be completed", () => {
    assert.match(look({ mergeStatus: "conflicts" }).actions?.cannotComplete ?? "", /conflicts/);
    assert.match(look({ mergeStatus: "queued" }).actions?.cannotComplete ?? "", /working out/);
    assert.match(look({ isDraft: true }).actions?.cannotComplete ?? "", /draft/);
    assert.equal(look({ mergeStatus: "rejectedByPolicy" }).actions?.cannotComplete, undefined);
  });

  it("tells who voted, the viewer as you, and offers no second approval", () => {
    const { votes, actions } = look({ reviewers: [reviewer("ari", 10), reviewer("Dana", -10)] });
    assert.deepEqual(
      votes.map(({ text }) => text),
      ["You approved", "Dana rejected"],
    );
    assert.equal(actions?.approve, false);
  });

  it("is over once it is completed or abandoned, and the reason stays", () => {
    const closed = {
      closedBy: { id: "d", displayName: "Dana" },
      closedDate: "2026-11-23T11:57:00Z",
    };
    const completed = look({ status: "completed", ...closed });
    assert.equal(completed.actions, undefined);
    assert.equal(completed.outcome?.text, "Completed by Dana, 3 minutes ago.");
    const rejected = look({ status: "abandoned", ...closed }, { by: "Dana", reason: "too late" });
    assert.match(rejected.outcome?.text ?? "", /Dana rejected it: “too late”$/);
  });
});
