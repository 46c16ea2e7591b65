import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";

const objects = { a: "1" };

describe("OpenManifestsPR that is refused says what, whom and where", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const deploy = () => at.deploy({ build: 1, objects });

  for (const name of ["fluxgate", "fluxgate/shop", "fluxgate/shop/dev", "fluxgate/shop/dev/1/x"]) {
    it(`when a branch ${name} stands where the run's has to be`, async () => {
      await at.commit(name, { x: "1" });
      await assert.rejects(deploy(), (error: Error & { code: string; hint: string }) => {
        assert.equal(error.code, "branch-name-taken");
        assert.match(error.message, new RegExp(`branch "${name}" stands in the way`));
        assert.match(error.hint, /^Rename or delete branch/);
        return true;
      });
    });
  }

  for (const [right, shown] of [
    ["GenericContribute", "Contribute"],
    ["CreateBranch", "Create branch"],
    ["PullRequestContribute", "Contribute to pull requests"],
  ] as const) {
    it(`when the right ${right} is missing`, async () => {
      at.deny(right);
      await assert.rejects(deploy(), (error: Error & { code: string; hint: string }) => {
        assert.equal(error.code, "permission-missing");
        assert.match(error.message, /^Failed to (push branch|open a pull request from) fluxgate\//);
        assert.match(error.message, new RegExp(`TF401027: You need the Git '${right}' permission`));
        assert.doesNotMatch(error.message, /\t|\[remote rejected\]|refs\/heads/);
        assert.match(
          error.hint,
          new RegExp(`^Allow "${shown}" for Build\\S* .*repository shop/shop-manifests`),
        );
        return true;
      });
      assert.deepEqual(await at.branches(), ["main"]);
    });
  }

  it("when a policy covers the runs' branches too", async () => {
    await at.policy(
      "minimumReviewers",
      { minimumApproverCount: 1 },
      { refName: "refs/heads/fluxgate", matchKind: "Prefix" },
    );
    await assert.rejects(deploy(), {
      code: "branch-protected",
      message: /^Failed to push branch fluxgate\/shop\/dev\/1 to \S+: TF402455: [^\t]+$/,
    });
  });

  it("when the render is empty: allowEmpty", async () => {
    await deploy();
    await at.merge(1);
    await assert.rejects(at.deploy({ build: 2, objects: {} }), { message: /allowEmpty/ });
    const { outputs } = await at.deploy({ build: 2, objects: {}, inputs: { allowEmpty: true } });
    assert.equal(outputs["operation"], "created");
  });

  it("when something else is where the environment's folder should be", async () => {
    await at.commit("main", { dev: "a note\n" });
    await assert.rejects(deploy(), {
      code: "manifests-conflict",
      message: /^dev: the render needs a folder where this file, link or submodule is/,
    });
    assert.deepEqual(await at.files("main"), ["README.md", "dev"]);
  });

  it("when something else is where its index or high-level files should be", async () => {
    const highLevel = { "api/values.yaml": "a: 1\n" };
    await at.commit("main", { "dev/.fluxgate": "a note\n", "high-level": "a note\n" });
    await assert.rejects(at.deploy({ build: 1, objects: { a: "1" }, highLevel }), {
      code: "manifests-conflict",
      message:
        /^high-level: the render needs a folder .*\ndev\/\.fluxgate: the render needs a folder/,
    });
  });

  it("when a file was edited by hand: how to keep the edit, and how to drop it", async () => {
    await deploy();
    await at.merge(1);
    await at.commit("main", { "dev/api/v1_configmap_a.yaml": "# mine\n" });
    await assert.rejects(at.deploy({ build: 2, objects: { a: "2" } }), {
      message:
        /dev\/api\/v1_configmap_a\.yaml: .*to keep the edit, .*templates.*to drop it, revert/,
    });
  });
});
