import assert from "node:assert/strict";
import { waitView } from "../../hub/view/wait-view.ts";
import { aBuild, aLetter, aPullRequest } from "./a-pull-request.ts";

const at = {
  organisationUrl: "https://dev.azure.com/fabrikam",
  now: Date.parse("2026-11-23T12:00:00Z"),
};
const target = { delivery: "shop", environment: "prod" };
const trailers = {
  source: "shop@0123",
  run: "https://dev.azure.com/fabrikam/p/_build/results?buildId=101",
  ...target,
};
const connector = { id: "c", displayName: "Connector" };
const run = { build: aBuild, letters: [aLetter], originRead: true };
const facts = { pullRequest: aPullRequest, ...run, target, trailers, hasBranch: true };

describe("the run behind a pull request", () => {
  it("waits while it is in progress and its letter is open", () => {
    const view = waitView(facts, at);
    assert.equal(view.state, "waiting");
    assert.equal(view.text, "has been waiting for 30 minutes: it goes on when this is merged");
    assert.equal(view.link?.text, "shop-cd 20261123.1");
  });

  it("waits for nothing that can come while the branch is gone, and as ever once it was merged", () => {
    const view = waitView({ ...facts, hasBranch: false }, at);
    assert.equal(view.state, "stuck");
    assert.match(view.text, /for this to be merged, and there is no branch to merge$/);
    const merged = { ...aPullRequest, status: "completed" } as const;
    const after = waitView({ ...facts, pullRequest: merged, hasBranch: false }, at);
    assert.match(after.text, /goes on when this is deployed and healthy$/);
    assert.equal(waitView({ ...facts, hasBranch: undefined }, at).state, "waiting");
  });

  it("no longer waits once its letter was closed, or the run has ended", () => {
    const closed = { ...aLetter, id: 2, state: "succeeded", createdBy: connector } as const;
    assert.equal(waitView({ ...facts, letters: [aLetter, closed] }, at).state, "none");
    const ended = { ...aBuild, status: "completed", result: "canceled" };
    const view = waitView({ ...facts, build: ended }, at);
    assert.equal(view.state, "ended");
    assert.match(view.text, /canceled/);
  });

  it("goes on waiting whatever a job of some pipeline says about its letter", () => {
    const forged = { ...aLetter, id: 2, state: "succeeded" } as const;
    assert.equal(waitView({ ...facts, letters: [aLetter, forged] }, at).state, "waiting");
  });

  it("waits for health once it is merged", () => {
    const merged = { ...facts, pullRequest: { ...aPullRequest, status: "completed" } as const };
    assert.match(waitView(merged, at).text, /goes on when this is deployed and healthy$/);
    const ended = { ...merged, build: { ...aBuild, status: "completed", result: "succeeded" } };
    assert.equal(waitView(ended, at).text, "has ended (succeeded)");
    const end = (result: string) =>
      waitView({ ...merged, build: { ...aBuild, status: "completed", result } }, at).state;
    assert.deepEqual(["succeeded", "failed", "canceled", "partiallySucceeded"].map(end), [
      "succeeded",
      "failed",
      "ended",
      "ended",
    ]);
  });

  it("waits again after a retry: the newest letter counts", () => {
    const closed = { ...aLetter, id: 2, state: "failed", createdBy: connector } as const;
    const letters = [aLetter, closed, { ...aLetter, id: 3 }];
    assert.equal(waitView({ ...facts, letters }, at).state, "waiting");
  });

  it("is not invented where there is none, and links nowhere else", () => {
    const none = {
      pullRequest: aPullRequest,
      build: undefined,
      letters: [],
      target: undefined,
      trailers: undefined,
      ...{ originRead: true, hasBranch: true },
    };
    assert.equal(waitView(none, at).text, "No pipeline run waits for this merge.");
    const unread = { ...none, originRead: false };
    assert.match(waitView(unread, at).text, /^Whether a run waits .* could not be read/);
    for (const run of ["javascript:alert(1)", "https://evil.example/fabrikam/_build", "x"]) {
      const view = waitView({ ...none, target, trailers: { ...trailers, run } }, at);
      assert.equal(view.link, undefined);
    }
  });
});
