import assert from "node:assert/strict";
import { riskVerdict, verdictBasis } from "../../hub/view/risk-verdict.ts";

const none = { risks: [], worst: undefined, complete: true };
const risk = { severity: "medium", object: "Deployment a", key: "a", text: "has one" } as const;

describe("the verdict over a review", () => {
  it("is good only once all that is asked is answered", () => {
    assert.deepEqual(riskVerdict(none, "all"), { tone: "good", text: "No known risk" });
    assert.deepEqual(riskVerdict(none, "asking"), {
      ...{ tone: "waiting", text: "No known risk so far" },
    });
    assert.equal(riskVerdict({ ...none, complete: false }, "all").tone, "warning");
  });

  it("is not good over what the API server's own code was not asked, and says so", () => {
    const gap = "the API server's own code was not asked";
    const expected = { tone: "plain", text: `No known risk, but ${gap}` };
    assert.deepEqual(riskVerdict(none, "all", gap), expected);
    assert.equal(riskVerdict({ ...none, complete: false }, "all", gap).tone, "warning");
    const rated = riskVerdict({ ...none, worst: "medium", risks: [risk] }, "all", gap);
    assert.equal(rated.text, `1 medium risk, and ${gap}`);
  });

  it("says nothing of that while it is asked", () => {
    assert.equal(riskVerdict(none, "asking", "x").text, "No known risk so far");
  });

  it("is not good while what charts render is looked for, or the API server's own code is asked", () => {
    const all = {
      ...{ isOpen: true, isNewest: true, isStale: false, isBranchAlone: false },
      ...{ isWhole: true, isAnswered: true },
    };
    assert.equal(verdictBasis(all), "all");
    assert.equal(verdictBasis({ ...all, isWhole: false, isAnswered: false }), "asking");
    assert.equal(verdictBasis({ ...all, isAnswered: false }), "asking");
    assert.equal(verdictBasis({ ...all, isNewest: false, isWhole: false }), "earlier");
    assert.equal(verdictBasis({ ...all, isStale: true, isAnswered: false }), "moved");
    assert.equal(verdictBasis({ ...all, isStale: undefined }), "may-have-moved");
    assert.equal(verdictBasis({ ...all, isBranchAlone: true, isStale: true }), "branch");
    assert.equal(verdictBasis({ ...all, isStale: true, isNewest: false }), "earlier");
    assert.equal(verdictBasis({ ...all, isStale: true, isOpen: false }), "all");
    assert.equal(verdictBasis({ ...all, isOpen: false, isAnswered: false }), "all");
  });

  it("says of what the last push has replaced that it is no longer so", () => {
    for (const worst of [undefined, "medium"] as const) {
      const { tone, text } = riskVerdict({ ...none, worst, risks: [risk] }, "earlier");
      assert.equal(tone, "waiting");
      assert.match(text, /^So it was before the last push/);
    }
  });

  it("is never well over a target branch that has moved since", () => {
    assert.deepEqual(riskVerdict(none, "moved"), {
      ...{ tone: "warning", text: "Not compared with its target branch as it is now" },
    });
    assert.equal(riskVerdict(none, "may-have-moved").tone, "warning");
    const { text } = riskVerdict({ ...none, worst: "medium", risks: [risk] }, "moved");
    assert.equal(text, "1 medium risk, and its target branch has moved since");
  });

  it("is never well of what cannot be merged as it is", () => {
    assert.equal(riskVerdict(none, "branch").tone, "warning");
    const { text } = riskVerdict({ ...none, worst: "medium", risks: [risk] }, "branch");
    assert.equal(text, "1 medium risk, and only its branch was compared");
  });

  it("names known risks at once, whatever is still asked", () => {
    const { tone, text } = riskVerdict({ ...none, worst: "medium", risks: [risk] }, "asking");
    assert.deepEqual([tone, text], ["warning", "1 medium risk"]);
  });
});
