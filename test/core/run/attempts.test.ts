import assert from "node:assert/strict";
import type { PullRequest } from "../../../core/azure-devops/types.ts";
import {
  attemptName,
  attemptsIn,
  carrierOf,
  nextAttempt,
  pullRequestOf,
} from "../../../core/run/attempts.ts";

const ref = (name: string, objectId = name) => ({
  name: `refs/heads/fluxgate/shop/dev/${name}`,
  objectId,
});
const pullRequest = (id: number, name: string, more: Partial<PullRequest> = {}): PullRequest => ({
  pullRequestId: id,
  title: "",
  status: "active",
  createdBy: { id: "b", displayName: "Build" },
  creationDate: "2026-11-28T00:00:00Z",
  sourceRefName: ref(name).name,
  targetRefName: "refs/heads/main",
  lastMergeSourceCommit: { commitId: `source-of-${id}` },
  repository: { id: "r", name: "manifests", project: { id: "p", name: "shop" } },
  ...more,
});

describe("The attempts of a run", () => {
  it("are read from branches and pull requests, with gaps, each once, in order of their numbers", () => {
    const attempts = attemptsIn({
      refs: [ref("5-10"), ref("5"), ref("5-4")],
      pullRequests: [pullRequest(8, "5-4"), pullRequest(7, "5-2"), pullRequest(9, "5-4")],
    });
    assert.deepEqual(attempts.map(attemptName), [
      "fluxgate/shop/dev/5",
      "fluxgate/shop/dev/5-2",
      "fluxgate/shop/dev/5-4",
      "fluxgate/shop/dev/5-10",
    ]);
    const ids = attempts.map((one) => one.pullRequests.map(({ pullRequestId }) => pullRequestId));
    assert.deepEqual(ids, [[], [7], [9, 8], []]);
  });

  it("are only what has the form of a run's branch", () => {
    const odd = ["5-1", "05", "5-02", "5-", "x", "5/6"].map((name) => ref(name));
    assert.deepEqual(attemptsIn({ refs: odd, pullRequests: [] }), []);
  });

  it("are not what a fork names so", () => {
    const fork = pullRequest(9, "5-7", { forkSource: {} });
    const [only, ...others] = attemptsIn({ refs: [ref("5")], pullRequests: [fork] });
    assert.deepEqual([only?.pullRequests, others], [[], []]);
    const named = attemptsIn({ refs: [], pullRequests: [pullRequest(8, "5"), fork] });
    assert.deepEqual(named.map(attemptName), ["fluxgate/shop/dev/5"]);
  });

  it("go on after the highest that exists, and never below what the service counts", () => {
    const attempts = attemptsIn({ refs: [ref("5"), ref("5-4")], pullRequests: [] });
    assert.equal(nextAttempt(attempts, 2), 5);
    assert.equal(nextAttempt(attempts, 7), 7);
    assert.equal(nextAttempt([], 1), 1);
  });

  it("carry what the branch holds, and after the merge what was merged", () => {
    const of = (refs: readonly ReturnType<typeof ref>[], ...pullRequests: readonly PullRequest[]) =>
      attemptsIn({ refs, pullRequests }).map(carrierOf)[0];
    assert.equal(of([ref("5", "moved")], pullRequest(1, "5")), "moved");
    assert.equal(
      of([ref("5", "moved")], pullRequest(1, "5", { status: "completed" })),
      "source-of-1",
    );
    assert.equal(of([], pullRequest(1, "5", { status: "abandoned" })), "source-of-1");
    assert.equal(of([ref("5", "alone")]), "alone");
  });

  it("are about the pull request into the branch that counts, abandoned or not", () => {
    const [attempt] = attemptsIn({
      refs: [],
      pullRequests: [
        pullRequest(1, "5", { status: "abandoned" }),
        pullRequest(2, "5", { status: "completed" }),
        pullRequest(3, "5", { status: "abandoned" }),
        pullRequest(4, "5", { targetRefName: "refs/heads/other" }),
      ],
    });
    assert.ok(attempt);
    assert.equal(pullRequestOf(attempt, "refs/heads/main")?.pullRequestId, 2);
    assert.equal(pullRequestOf(attempt, "refs/heads/other")?.pullRequestId, 4);
    assert.equal(pullRequestOf(attempt, "refs/heads/none")?.pullRequestId, 4);
  });
});
