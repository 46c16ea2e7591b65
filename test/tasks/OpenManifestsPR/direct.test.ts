import assert from "node:assert/strict";
import { parseTrailers } from "../../../core/run/trailers.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

describe("OpenManifestsPR in mode direct", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const settings = { mode: "direct" } as const;
  const deploy = (build: number, value = String(build)) =>
    at.deploy({ build, objects: { a: value }, settings });

  it("puts the commit on the target branch, with its run, and opens nothing", async () => {
    const { outputs } = await deploy(1);
    assert.deepEqual(
      [outputs["operation"], outputs["pullRequestId"], outputs["commit"]],
      ["pushed", "", await at.headOf("main")],
    );
    const trailers = parseTrailers(
      await at.git("log", "-1", "--format=%B", await at.headOf("main")),
    );
    assert.equal(trailers?.operation, "pushed");
    assert.match(trailers?.run ?? "", /buildId=1$/);
    assert.deepEqual(await at.branches(), ["main"]);
    assert.deepEqual(await at.pullRequests(), []);
  });

  it("gives a retry the commit that the attempt before has pushed", async () => {
    const { outputs } = await deploy(1);
    await at.commit("main", { "other.txt": "x" });
    assert.deepEqual((await deploy(1)).outputs, outputs);
  });

  it("says none where another run brought what is there", async () => {
    await deploy(1, "same");
    const { outputs } = await deploy(2, "same");
    assert.equal(outputs["operation"], "none");
  });

  it("pushes again, and takes its carrier away, where a retry finds the target changed", async () => {
    await deploy(1, "same");
    await deploy(2, "same");
    await at.commit("main", {
      "dev/api/v1_configmap_a.yaml": null,
      "dev/.fluxgate/shop.json": null,
    });
    const { outputs } = await deploy(2, "same");
    assert.equal(outputs["operation"], "pushed");
    assert.equal(outputs["commit"], await at.headOf("main"));
    assert.deepEqual(await at.branches(), ["main"]);
  });

  it("goes on top of what others push in the meantime", async () => {
    let pushes = 0;
    at.tampering.meanwhile = async (call) => {
      // While it looks for siblings, the last look before the push.
      if (call === "GET refs" && pushes < 2) {
        pushes += 1;
        await at.commit("main", { [`other/${pushes}.yaml`]: "x" });
      }
    };
    const { outputs } = await deploy(1);
    assert.equal(outputs["commit"], await at.headOf("main"));
    assert.ok((await at.files("main")).includes("other/2.yaml"));
  });

  it("gives way to a newer run that is on the branch", async () => {
    await deploy(5);
    await assert.rejects(deploy(4), { code: "superseded" });
  });

  it("opens a pull request instead while the environment is frozen, or may be", async () => {
    const freeze = { apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "dev" };
    const from = "2020-01-01T00:00:00Z";
    const text = JSON.stringify({ ...freeze, from, reason: "audit" });
    await at.commit("main", { "dev/.fluxgate/freeze.json": text });
    assert.equal((await deploy(1)).outputs["operation"], "created");
    const [opened] = await at.pullRequests();
    assert.match(
      opened?.description ?? "",
      /dev is frozen: audit\. It does not complete by itself/,
    );
    await at.commit("main", { "dev/.fluxgate/freeze.json": "{" });
    assert.equal((await deploy(2)).outputs["operation"], "created");
    const over = JSON.stringify({ ...freeze, from, to: "2020-01-02T00:00:00Z", reason: "audit" });
    await at.commit("main", { "dev/.fluxgate/freeze.json": over });
    assert.equal((await deploy(3)).outputs["operation"], "pushed");
  });

  it("abandons the open pull request of an older run", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    await deploy(2);
    assert.deepEqual(await at.statuses(), ["abandoned"]);
  });

  it("opens a draft all the same where the change has a risk that draftOnRisk names", async () => {
    await at.deploy({ build: 1, objects: { a: "1" }, volumes: ["data"], settings });
    const risky = { build: 2, objects: { a: "1" }, draftOnRisk: ["high"], settings };
    assert.equal((await at.deploy(risky)).outputs["operation"], "created");
    assert.equal((await at.pullRequests())[0]?.isDraft, true);
  });

  it("says what to do where a policy wants pull requests", async () => {
    await at.policy("minimumReviewers", { minimumApproverCount: 1 });
    await assert.rejects(deploy(1), {
      code: "branch-protected",
      hint: /policy covers main.*take pullRequest.mode "direct" out/,
    });
  });

  it("is chosen by the input too", async () => {
    const inputs = { mode: "direct" } as const;
    const { outputs } = await at.deploy({ build: 1, objects: { a: "1" }, inputs });
    assert.equal(outputs["operation"], "pushed");
  });
});
