import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

const none = {
  allowSquash: false,
  allowNoFastForward: false,
  allowRebase: false,
  allowRebaseMerge: false,
};

describe("OpenManifestsPR completes as the policies of the target allow", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const deploy = () => at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
  const strategy = async () => {
    await eventually("the completion", async () =>
      (await at.statuses())[0] === "completed" ? true : undefined,
    );
    return (await at.pullRequests())[0]?.completionOptions?.mergeStrategy;
  };

  for (const [setting, expected] of [
    ["allowSquash", "squash"],
    ["allowRebase", "rebase"],
    ["allowRebaseMerge", "rebaseMerge"],
    ["allowNoFastForward", "noFastForward"],
  ] as const) {
    it(`by ${expected} where only that is`, async () => {
      await at.policy("mergeStrategy", { ...none, [setting]: true });
      await deploy();
      assert.equal(await strategy(), expected);
    });
  }

  for (const scope of [
    { refName: "refs/heads/main", matchKind: "Prefix" },
    { refName: null, matchKind: "DefaultBranch" },
    { repositoryId: null, refName: null, matchKind: "DefaultBranch" },
  ]) {
    it(`by a policy with the scope ${JSON.stringify(scope)}`, async () => {
      await at.policy("mergeStrategy", { ...none, allowRebase: true }, scope);
      await deploy();
      assert.equal(await strategy(), "rebase");
    });
  }

  it("by what several policies allow in common", async () => {
    await at.policy("mergeStrategy", { ...none, allowSquash: true, allowRebase: true });
    await at.policy(
      "mergeStrategy",
      { ...none, allowRebase: true, allowNoFastForward: true },
      { refName: null, matchKind: "DefaultBranch" },
    );
    await deploy();
    assert.equal(await strategy(), "rebase");
  });

  it("by the older form of the policy, and past those of other branches and optional ones", async () => {
    await at.policy(
      "mergeStrategy",
      { ...none, allowRebase: true },
      { refName: "refs/heads/other" },
    );
    await at.policy("mergeStrategy", { useSquashMerge: true });
    await deploy();
    assert.equal(await strategy(), "squash");
  });

  it("and fails the step where they allow none together", async () => {
    await at.policy("mergeStrategy", { ...none, allowSquash: true });
    await at.policy("mergeStrategy", { ...none, allowRebase: true });
    await assert.rejects(deploy(), {
      code: "pull-request-unfinished",
      message: /could not set auto-complete: .*policies \d+, \d+ of main allow none together/,
    });
    assert.deepEqual(await at.statuses(), ["active"]);
  });

  it("and waits for the reviewers that a policy asks for; a retry sees what policies came since", async () => {
    await at.policy("mergeStrategy", { ...none, allowSquash: true, allowRebase: true });
    await at.policy("minimumReviewers", { minimumApproverCount: 1 });
    const options = async () => {
      const [pullRequest] = await at.pullRequests();
      assert.equal(pullRequest?.status, "active");
      assert.ok(pullRequest.autoCompleteSetBy);
      return pullRequest.completionOptions;
    };
    assert.equal((await deploy()).outputs["operation"], "created");
    const before = await options();
    assert.equal(before?.mergeStrategy, "squash");
    await deploy();
    assert.deepEqual(await options(), before);
    await at.policy("mergeStrategy", { ...none, allowRebase: true });
    assert.equal((await deploy()).outputs["operation"], "attached");
    assert.deepEqual(await options(), { ...before, mergeStrategy: "rebase" });
  });
});
