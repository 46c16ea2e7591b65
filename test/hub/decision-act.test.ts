import assert from "node:assert/strict";
import { HttpError, TerminalError } from "../../core/errors.ts";
import { actErrorText, isReached } from "../../hub/view/decision-act.ts";
import { aPullRequest } from "./a-pull-request.ts";

const lost = new HttpError("fetch failed", { status: 0, code: "unreachable" });
const record = { digest: "1-a", source: "", before: "", after: "", at: "2026-11-23T11:00:00Z" };
const approved = { ...aPullRequest, reviewers: [{ id: "ari", displayName: "Ari", vote: 10 }] };
const me = { me: { id: "ari" }, voteRecords: new Map([["ari", record]]), digest: "1-a" };

describe("an act that failed", () => {
  it("is named where the service's own words do not say what it was", () => {
    assert.match(actErrorText("approve", lost), /^Your approval: Azure DevOps does not answer/);
    assert.match(actErrorText("reject", lost), /^Your rejection: /);
    const own = new TerminalError("Failed to record what you approved", { code: "x", hint: "" });
    assert.match(actErrorText("approve", own), /^Failed to record/);
  });

  it("is over once what was wanted is so, as where only its answer was lost", () => {
    assert.equal(isReached("approve", approved, me), true);
    assert.equal(isReached("approve", approved, { ...me, digest: "1-b" }), false);
    assert.equal(isReached("approve", approved, { ...me, voteRecords: new Map() }), false);
    assert.equal(isReached("reject", { ...aPullRequest, status: "abandoned" }, me), true);
    assert.equal(isReached("complete", { ...aPullRequest, status: "abandoned" }, me), false);
    assert.equal(isReached("complete", { ...aPullRequest, status: "completed" }, me), true);
  });
});
