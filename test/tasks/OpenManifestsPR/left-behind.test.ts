import assert from "node:assert/strict";
import { createPullRequest } from "../../../clients/azure-devops/pull-requests.ts";
import { getProperties } from "../../../clients/azure-devops/pull-request-properties.ts";
import { parseRunRecord } from "../../../core/run/record.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

const branch = (name: string) => `fluxgate/shop/dev/${name}`;
const objects = { a: "1" };

describe("OpenManifestsPR and what others have left", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());

  const openByHand = (name: string) =>
    createPullRequest(at.developer, {
      repo: at.repo,
      sourceRef: `refs/heads/${branch(name)}`,
      targetRef: "refs/heads/main",
      title: "x",
      description: "",
    });
  const running = (status: string) => ({
    status: 200,
    body: { id: 9, status, project: { id: "p", name: "shop" } },
  });
  it("gives way to no branch of a newer run that was killed before its pull request", async () => {
    await at.commit(branch("9"), { x: "1" });
    assert.equal((await at.deploy({ build: 5, objects })).outputs["operation"], "created");
    assert.deepEqual(await at.branches(), [branch("5"), branch("9"), "main"]);
  });

  it("gives way to no pull request of a newer run without its record, and says whose it is", async () => {
    await at.commit(branch("9"), { x: "1" });
    await openByHand("9");
    assert.equal((await at.deploy({ build: 5, objects })).outputs["operation"], "created");
    assert.match(
      at.log.join("\n"),
      /warning: Pull request !1 from fluxgate\/shop\/dev\/9 was left/,
    );
  });

  it("gives way to that pull request while its run is still at it", async () => {
    await at.commit(branch("9"), { x: "1" });
    await openByHand("9");
    at.tampering.answers.set("GET builds", running("inProgress"));
    await assert.rejects(at.deploy({ build: 5, objects }), { code: "superseded" });
    at.tampering.answers.set("GET builds", running("completed"));
    assert.equal((await at.deploy({ build: 5, objects })).outputs["operation"], "created");
  });

  it("gives way to an empty commit of a newer run only where that says that nothing was to change", async () => {
    await at.deploy({ build: 1, objects });
    await at.merge(1);
    await at.deploy({ build: 9, objects });
    await assert.rejects(at.deploy({ build: 5, objects: { a: "5" } }), { code: "superseded" });
    await at.deleteBranch(branch("9"));
    const main = await at.headOf("main");
    await at.git(
      "push",
      "--quiet",
      `${at.organisationUrl}/shop/_git/shop-manifests`,
      `${main}:refs/heads/${branch("9")}`,
    );
    assert.equal(
      (await at.deploy({ build: 5, objects: { a: "5" } })).outputs["operation"],
      "created",
    );
  });

  it("numbers an attempt after the highest that exists, whatever is missing between", async () => {
    await at.commit(branch("1-4"), { x: "1" });
    await at.deploy({ build: 1, objects });
    assert.equal((await at.pullRequests())[0]?.sourceRefName, `refs/heads/${branch("1-5")}`);
    const record = parseRunRecord(
      (await getProperties(at.developer, { repo: at.repo, id: 1 }))["Fluxgate.Run"],
    );
    assert.equal(record?.attempt, 5);
  });

  it("and never below the attempt that the service counts: what came before may be deleted", async () => {
    const { outputs } = await at.deploy({ build: 1, objects });
    await at.abandon(Number(outputs["pullRequestId"]));
    await at.deleteBranch(branch("1"));
    const run = { ...at.run(1), stageAttempt: 7 };
    await at.deploy({ build: 1, objects, inputs: { run } });
    assert.equal((await at.pullRequests())[1]?.sourceRefName, `refs/heads/${branch("1-7")}`);
  });

  it("takes up the highest attempt only, as the wait does", async () => {
    await at.deploy({ build: 1, objects });
    await at.commit(branch("1-3"), { x: "1" });
    await openByHand("1-3");
    const again = await at.deploy({ build: 1, objects });
    assert.equal(again.outputs["operation"], "created");
    const shown = (await at.pullRequests()).map(({ sourceRefName, status }) => [
      sourceRefName.split("/").at(-1),
      status,
    ]);
    assert.deepEqual(shown, [
      ["1", "abandoned"],
      ["1-3", "abandoned"],
      ["1-4", "active"],
    ]);
  });

  it("abandons an older run's pull request whose branch was deleted", async () => {
    await at.deploy({ build: 1, objects });
    await at.deleteBranch(branch("1"));
    await at.deploy({ build: 2, objects: { a: "2" } });
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("opens another pull request where the branch of its own was deleted", async () => {
    await at.deploy({ build: 1, objects });
    await at.deleteBranch(branch("1"));
    assert.equal((await at.deploy({ build: 1, objects })).outputs["operation"], "created");
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("opens another pull request where what was merged has been taken back", async () => {
    await at.deploy({ build: 1, objects });
    await at.merge(1);
    await at.commit("main", {
      "dev/api/v1_configmap_a.yaml": null,
      "dev/.fluxgate/shop.json": null,
    });
    assert.equal((await at.deploy({ build: 1, objects })).outputs["operation"], "created");
    assert.deepEqual(await at.statuses(), ["completed", "active"]);
  });

  it("is not held up by tags and branches of like names", async () => {
    const url = `${at.organisationUrl}/shop/_git/shop-manifests`;
    const main = await at.headOf("main");
    for (const ref of ["tags/main", `tags/${branch("1")}`, `heads/${branch("11")}`, "heads/flux"]) {
      await at.git("push", "--quiet", url, `${main}:refs/${ref}`);
    }
    assert.equal((await at.deploy({ build: 1, objects })).outputs["operation"], "created");
    assert.equal((await at.pullRequests())[0]?.sourceRefName, `refs/heads/${branch("1")}`);
  });
});
