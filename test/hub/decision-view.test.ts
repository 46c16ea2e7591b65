import assert from "node:assert/strict";
import { decisionView } from "../../hub/view/decision-view.ts";
import { isSaidByVote } from "../../hub/view/vote-view.ts";
import { aPullRequest } from "./a-pull-request.ts";

const digest = `1-${"a".repeat(32)}`;
const me = { id: "ari", name: "Ari" };
const now = Date.parse("2026-11-23T12:00:00Z");
const all = { decide: true, complete: true };
const look = (change: object, more: Partial<Parameters<typeof decisionView>[0]> = {}) => {
  const facts = {
    me,
    rejection: undefined,
    abandonedBy: undefined,
    hasBranch: true,
    voteRecords: new Map(),
    digest,
    rights: all,
    policies: undefined,
    branch: undefined,
  };
  return decisionView({ ...facts, pullRequest: { ...aPullRequest, ...change }, ...more }, now);
};
const reviewer = (id: string, vote: number) => ({ id, displayName: id, vote });

describe("what an approver can decide", () => {
  it("is all three while nothing stands against it", () => {
    const { actions, outcome } = look({});
    const nothing = {
      ...{ cannotDecide: undefined, cannotApprove: undefined },
      cannotComplete: undefined,
    };
    const unread = { unread: undefined };
    const itself = { completesItself: undefined, mayCompleteItself: false };
    const ways = { strategies: [], strategy: undefined };
    const expected = { publish: false, approve: true, ...nothing, ...unread, ...itself, ...ways };
    assert.deepEqual(actions, expected);
    assert.equal(outcome, undefined);
  });

  it("says why it cannot be completed", () => {
    assert.match(look({ mergeStatus: "conflicts" }).actions?.cannotComplete ?? "", /conflicts/);
    assert.match(look({ mergeStatus: "queued" }).actions?.cannotComplete ?? "", /working out/);
    assert.equal(look({ mergeStatus: "rejectedByPolicy" }).actions?.cannotComplete, undefined);
  });

  it("is not to complete it while its branch is gone, of whatever repository, nor to wait for that", () => {
    const held = (change: object) => {
      const { actions } = look({ autoCompleteSetBy: me, ...change }, { hasBranch: false });
      assert.match(actions?.completesItself ?? "", /completes nothing as long as that is so/);
      assert.equal(actions?.mayCompleteItself, false);
      return actions?.cannotComplete;
    };
    const gone =
      "was not found: it was deleted, or you may not see it. Without it there is nothing";
    assert.equal(held({}), `Its branch fluxgate/shop/prod/101 ${gone} to merge.`);
    const repository = { id: "f", name: "copy", project: { id: "q", name: "team" } };
    const fork = held({ mergeStatus: "conflicts", forkSource: { repository } });
    assert.match(
      fork ?? "",
      /^Its branch fluxgate\/shop\/prod\/101 of the fork team\/copy was not/,
    );
    assert.match(
      held({ forkSource: {} }) ?? "",
      /of the fork that is gone, or that you may not see/,
    );
    assert.equal(look({}, { hasBranch: undefined }).actions?.cannotComplete, undefined);
  });

  it("says which permission is missing", () => {
    const { actions } = look({}, { rights: { decide: false, complete: false } });
    assert.match(actions?.cannotDecide ?? "", /permission Contribute to pull requests/);
    assert.match(actions?.cannotComplete ?? "", /permission Contribute on main/);
    const voter = look({}, { rights: { decide: true, complete: false } }).actions;
    assert.equal(voter?.cannotDecide, undefined);
    assert.notEqual(voter?.cannotComplete, undefined);
  });

  it("is to publish a draft first, which can be neither approved nor completed", () => {
    const { actions } = look({ isDraft: true });
    assert.equal(actions?.publish, true);
    assert.match(actions?.cannotComplete ?? "", /^This is a draft: once it is published/);
    const reader = look({ isDraft: true }, { rights: { decide: false, complete: false } }).actions;
    assert.match(reader?.cannotComplete ?? "", /^This is a draft/);
    assert.match(reader?.cannotDecide ?? "", /to publish or reject/);
  });

  it("tells who voted, the viewer as you, and offers no second approval", () => {
    const { votes, actions } = look({ reviewers: [reviewer("ari", 10), reviewer("Dana", -10)] });
    assert.deepEqual(
      votes.map(({ text }) => text),
      ["You approved: on what is not recorded", "Dana rejected"],
    );
    assert.equal(actions?.approve, false);
  });

  it("offers approval again, before completion, once it has changed since the own vote", () => {
    const reviewers = [reviewer("ari", 10)];
    const record = (of: string) => ({
      ...{ digest: of, source: "", before: "", after: "" },
      at: "2026-11-23T11:00:00Z",
    });
    const voteRecords = (of: string) => ({ voteRecords: new Map([["ari", record(of)]]) });
    const same = look({ reviewers }, voteRecords(digest));
    assert.equal(same.actions?.approve, false);
    assert.equal(same.stale, undefined);
    const moved = look({ reviewers }, voteRecords(`1-${"b".repeat(32)}`));
    assert.equal(moved.actions?.approve, true);
    assert.equal(moved.stale?.at, "2026-11-23T11:00:00Z");
    assert.match(moved.votes[0]?.text ?? "", /^You approved .*: it has changed since$/);
  });

  it("is told by the vote itself once that is recorded for what is shown", () => {
    const record = { source: "", before: "", after: "", at: "2026-11-23T11:00:00Z" };
    const said = (of: string, vote = 10) => {
      const voteRecords = new Map([["ari", { ...record, digest: of }]]);
      const pullRequest = { ...aPullRequest, reviewers: [reviewer("ari", vote)] };
      return isSaidByVote(pullRequest, { voteRecords, digest, me });
    };
    assert.deepEqual([said(digest), said("1-other"), said(digest, 0)], [true, false, false]);
  });

  it("has nothing to approve until something is compared", () => {
    const { actions, votes } = look({ reviewers: [reviewer("Dana", 10)] }, { digest: undefined });
    assert.match(actions?.cannotApprove ?? "", /still being compared/);
    const failed = look({}, { digest: undefined, isComparing: false });
    assert.match(failed.actions?.cannotApprove ?? "", /could not be compared/);
    assert.deepEqual(votes, [{ text: "Dana approved", tone: "good" }]);
  });

  it("is over once it is completed or abandoned, and the reason stays", () => {
    const closedDate = "2026-11-23T11:57:00Z";
    const closedBy = { id: "d", displayName: "Dana" };
    const completed = look({ status: "completed", closedBy, closedDate });
    assert.equal(completed.actions, undefined);
    assert.equal(completed.outcome?.text, "Completed by Dana, 3 minutes ago.");
    const abandoned = { status: "abandoned", closedDate };
    const rejection = { by: "Dana", reason: "too late" };
    const rejected = look(abandoned, { rejection, abandonedBy: "Dana" });
    assert.equal(
      rejected.outcome?.text,
      "Abandoned by Dana, 3 minutes ago. Dana rejected it: “too late”",
    );
    assert.equal(look(abandoned).outcome?.text, "Abandoned, 3 minutes ago.");
  });
});
