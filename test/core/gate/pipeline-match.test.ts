import assert from "node:assert/strict";
import type { Build } from "../../../core/azure-devops/types.ts";
import { matchesPipeline, projectsOf } from "../../../core/gate/pipeline-match.ts";

const build: Build = {
  ...{ id: 7, buildNumber: "1", status: "inProgress", sourceBranch: "refs/heads/main" },
  definition: { id: 3, name: "shop-cd", path: "\\Release\\Shop" },
  project: { id: "22222222-2222-4222-8222-222222222222", name: "shop" },
  sourceVersion: "b".repeat(40),
};

describe("a pipeline as the configuration names it", () => {
  const rows = [
    [3, true],
    [4, false],
    ["Shop-CD", true],
    ["shop", false],
    ["/release", true],
    ["\\release\\shop", true],
    ["/rel", false],
    ["/release/shop/api", false],
    [{ project: "Shop" }, true],
    [{ project: "22222222-2222-4222-8222-222222222222", id: 3 }, true],
    [{ project: "shop", id: 4 }, false],
    [{ project: "other", id: 3 }, false],
    [{ project: "shop", name: "shop-cd", folder: "/release" }, true],
    [{ project: "shop", name: "shop-ci" }, false],
  ] as const;
  for (const [match, fits] of rows) {
    it(`${JSON.stringify(match)} ${fits ? "is" : "is not"} shop's pipeline`, () => {
      assert.equal(matchesPipeline(match, build), fits);
    });
  }

  it("is named by all of its name, slashes too", () => {
    const definition = { ...build.definition, name: "release/cd" };
    assert.equal(matchesPipeline("Release/CD", { ...build, definition }), true);
    assert.equal(matchesPipeline("release/shop", { ...build, definition }), false);
  });

  it("is in no folder where the service does not say which it is in", () => {
    const { id, name } = build.definition;
    assert.equal(matchesPipeline("/release", { ...build, definition: { id, name } }), false);
  });

  it("names its project, where it names one", () => {
    assert.deepEqual(projectsOf([3, "shop-cd", { project: "shop" }]), ["shop"]);
  });
});
