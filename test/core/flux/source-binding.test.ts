import assert from "node:assert/strict";
import { sourceBinding } from "../../../core/flux/source-binding.ts";
import { source } from "../gate/gate-world.ts";

const names = {
  ...{ organisationUrl: "https://dev.azure.com/fabrikam", project: "shop" },
  repository: "manifests",
};
const ids = { ...names, project: "6a1f", repository: "77b2" };
const of = { repository: [names, ids], branch: "main" };

const why = (facts: Parameters<typeof source>[0]) => {
  const binding = sourceBinding(source(facts), of);
  return binding.bound ? "bound" : binding.why;
};

describe("sourceBinding()", () => {
  for (const url of [
    "https://dev.azure.com/fabrikam/shop/_git/manifests",
    "https://fabrikam@dev.azure.com/fabrikam/Shop/_git/Manifests/",
    "https://fabrikam.visualstudio.com/shop/_git/manifests",
    "https://fabrikam.visualstudio.com/DefaultCollection/shop/_git/manifests",
    "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/manifests",
    "https://dev.azure.com/fabrikam/6a1f/_git/77b2",
  ]) {
    it(`knows the repository as ${url}`, () => assert.equal(why({ url }), "bound"));
  }

  for (const url of [
    "https://dev.azure.com/fabrikam/shop/_git/other",
    "https://dev.azure.com/other/shop/_git/manifests",
    "https://github.com/fabrikam/manifests",
    "nonsense",
  ]) {
    it(`does not take ${url} for it`, () => {
      assert.equal(why({ url }), "is on another repository");
    });
  }

  for (const [ref, then] of [
    [{ branch: "main" }, "bound"],
    [{ name: "refs/heads/main" }, "bound"],
    [{ name: "refs/heads/main", tag: "v1" }, "bound"],
    [{ branch: "main", commit: "abc" }, "is pinned to commit abc"],
    [{ branch: "main", tag: "v1" }, "is on tag v1"],
    [{ tag: "v1", semver: ">=1" }, "is on tags >=1"],
    [{ name: "refs/tags/v1" }, "is on refs/tags/v1"],
    [{ branch: "next" }, "is on branch next"],
    [{}, "is on branch master"],
  ] as const) {
    it(`reads ref ${JSON.stringify(ref)}: ${then}`, () => assert.equal(why({ ref }), then));
  }
});
