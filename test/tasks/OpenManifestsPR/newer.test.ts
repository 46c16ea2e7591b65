import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";

// The manifests repository plays the code repository too: what is compared is commits by REST.
describe("OpenManifestsPR takes the run for newer whose code contains the other's", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());

  const code = (sourceVersion: string, build: number) => ({
    run: { ...at.run(build), sourceRepository: "shop-manifests", sourceVersion },
  });
  const deploy = (build: number, commit: string) =>
    at.deploy({
      ...{ build, objects: { a: String(build) }, inputs: code(commit, build) },
      source: { repository: `${at.organisationUrl}/shop/_git/shop-manifests`, commit },
    });
  const superseded = { code: "superseded", hint: /start a new run of it/ };
  const ofOlderCode = { code: "superseded", hint: /roll back .*its code is older/ };

  it("whatever the build ids say: a run of older code gives way", async () => {
    const older = await at.commit("code", { x: "1" });
    const newer = await at.commit("code", { x: "2" });
    await deploy(3, newer);
    await assert.rejects(deploy(9, older), ofOlderCode);
    assert.deepEqual(await at.statuses(), ["active"]);
  });

  it("and takes the place of one with a higher build id", async () => {
    const older = await at.commit("code", { x: "1" });
    const newer = await at.commit("code", { x: "2" });
    await deploy(9, older);
    assert.equal((await deploy(3, newer)).outputs["operation"], "created");
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("by the build id where both are of one commit", async () => {
    const commit = await at.commit("code", { x: "1" });
    await deploy(3, commit);
    await deploy(4, commit);
    await assert.rejects(deploy(2, commit), superseded);
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  describe("and of two that have gone apart, as with a hotfix, the one that started later", () => {
    const apart = async () => ({
      hotfix: await at.commit("release", { fix: "1" }),
      main: await at.commit("main", { y: "1" }),
    });

    it("the hotfix after main's run", async () => {
      const { hotfix, main } = await apart();
      await deploy(9, main);
      await deploy(8, hotfix);
      assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
    });

    it("main's run after the hotfix", async () => {
      const { hotfix, main } = await apart();
      await deploy(9, hotfix);
      await deploy(8, main);
      assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
    });

    it("with the code commits that the target would lose in the description", async () => {
      const { hotfix, main } = await apart();
      await deploy(8, hotfix);
      const [pullRequest] = await at.pullRequests();
      assert.doesNotMatch(pullRequest?.description ?? "", /REGRESSES/);
      await at.merge(1);
      await deploy(9, main);
      const [, later] = await at.pullRequests();
      assert.match(
        later?.description ?? "",
        new RegExp(`REGRESSES: .* commit that this run lacks: \`${hotfix.slice(0, 8)} By hand\``),
      );
    });
  });

  it("also of what is merged: older code gives way to it, newer code does not", async () => {
    const older = await at.commit("code", { x: "1" });
    const merged = await at.commit("code", { x: "2" });
    const newer = await at.commit("code", { x: "3" });
    await deploy(9, merged);
    await at.merge(1);
    await assert.rejects(deploy(10, older), ofOlderCode);
    assert.equal((await deploy(8, newer)).outputs["operation"], "created");
  });

  it("by the build id where the code cannot be read, or by the later start", async () => {
    const unknown = "f".repeat(40);
    await deploy(3, await at.commit("code", { x: "1" }));
    assert.equal((await deploy(9, unknown)).outputs["operation"], "created");
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });
});
