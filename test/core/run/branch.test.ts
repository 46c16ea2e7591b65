import assert from "node:assert/strict";
import {
  parseRunBranch,
  runBranchName,
  runBranchOf,
  runBranchPrefix,
} from "../../../core/run/branch.ts";

const first = { delivery: "shop", environment: "dev", build: 42, attempt: 1 };

describe("the branch of a run", () => {
  it("names delivery, environment and build; a later attempt adds its number", () => {
    assert.equal(runBranchName(first), "fluxgate/shop/dev/42");
    assert.equal(runBranchName({ ...first, attempt: 2 }), "fluxgate/shop/dev/42-2");
    assert.ok(runBranchName(first).startsWith(runBranchPrefix(first)));
  });

  it("is read back, as branch or as ref", () => {
    assert.deepEqual(parseRunBranch("fluxgate/shop/dev/42"), first);
    assert.deepEqual(parseRunBranch("refs/heads/fluxgate/shop/dev/42-2"), { ...first, attempt: 2 });
  });

  it("is that of a pull request of this repository, never one of a fork that is named so", () => {
    const sourceRefName = "refs/heads/fluxgate/shop/dev/42";
    assert.deepEqual(runBranchOf({ sourceRefName }), first);
    assert.equal(runBranchOf({ sourceRefName, forkSource: {} }), undefined);
    assert.equal(runBranchOf({ sourceRefName: "refs/heads/main" }), undefined);
  });

  for (const ref of [
    "main",
    "fluxgate/shop/42",
    "fluxgate/shop/dev/0",
    "fluxgate/shop/dev/042",
    "fluxgate/shop/dev/42-",
    "fluxgate/shop/dev/42/x",
    "x/fluxgate/shop/dev/42",
    "fluxgate/../dev/42",
  ]) {
    it(`is not ${ref}`, () => {
      assert.equal(parseRunBranch(ref), undefined);
    });
  }
});
