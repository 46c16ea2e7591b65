import assert from "node:assert/strict";
import { getCommit } from "../../../clients/azure-devops/commits.ts";
import { getProperties } from "../../../clients/azure-devops/pull-request-properties.ts";
import { eventually } from "../../support/eventually.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

const branch = (name: string) => `fluxgate/shop/dev/${name}`;

describe("OpenManifestsPR and the other runs of its delivery and environment", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());

  it("abandons an older run's pull request with a link to its own and deletes its branch", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    await at.deploy({ build: 2, objects: { a: "2" } });
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
    assert.deepEqual(await at.branches(), [branch("2"), "main"]);
    const url = `${at.organisationUrl}/shop/_git/shop-manifests/pullrequest/2`;
    assert.deepEqual(at.threads(1), [`Superseded by !2: ${url}.`]);
  });

  it("leaves runs of other deliveries and environments alone", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    await at.deploy({ build: 2, objects: { c: "2" }, delivery: "billing" });
    assert.deepEqual(await at.statuses(), ["active", "active"]);
  });

  it("fails as superseded when a newer run has a pull request, and writes nothing", async () => {
    await at.deploy({ build: 2, objects: { a: "2" } });
    await assert.rejects(at.deploy({ build: 1, objects: { a: "1" } }), {
      code: "superseded",
      message:
        /^Failed to deploy shop to dev: superseded by run .*buildId=2 \(.*pullrequest\/2|1\)/,
    });
    assert.deepEqual(await at.branches(), [branch("2"), "main"]);
  });

  it("fails as superseded when a newer run was merged", async () => {
    await at.deploy({ build: 2, objects: { a: "2" } });
    await at.merge(1);
    await assert.rejects(at.deploy({ build: 1, objects: { a: "1" } }), { code: "superseded" });
    assert.deepEqual(await at.branches(), ["main"]);
  });

  it("does not count a newer run whose pull request was abandoned, or went elsewhere", async () => {
    await at.deploy({ build: 2, objects: { a: "2" } });
    await at.abandon(1);
    await at.commit("next", { "README.md": "next\n" });
    await at.deploy({ build: 3, objects: { a: "3" }, inputs: { targetBranch: "next" } });
    await at.merge(2);
    const { outputs } = await at.deploy({ build: 1, objects: { a: "1" } });
    assert.equal(outputs["operation"], "created");
  });

  it("gives way when a newer run appears while it opens its own", async () => {
    let once = true;
    at.tampering.meanwhile = async (call) => {
      if (call !== "POST pullrequests" || !once) return;
      once = false;
      await at.deploy({ build: 9, objects: { a: "9" } });
    };
    await assert.rejects(at.deploy({ build: 1, objects: { a: "1" } }), { code: "superseded" });
    assert.deepEqual(await at.statuses(), ["active", "abandoned"]);
    assert.deepEqual(await at.branches(), [branch("9"), "main"]);
  });

  it("fails when an older run cannot be retired, names it, and is finished by a retry", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    const answer = refusal(403, "GitNeedsPermissionException", "TF401027: no");
    at.tampering.answers.set("POST threads", answer);
    const deploy = () => at.deploy({ build: 2, objects: { a: "2" } });
    await assert.rejects(deploy(), {
      code: "pull-request-unfinished",
      message: /^Failed to finish pull request !2: could not abandon !1, .*TF401027/,
    });
    at.tampering.answers.clear();
    assert.equal((await deploy()).outputs["operation"], "attached");
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("looks again when its branch was made by somebody else in between", async () => {
    let once = true;
    at.tampering.meanwhile = async (call) => {
      if (call !== "GET pullrequests" || !once) return;
      once = false;
      await at.commit(branch("1"), { x: "1" });
    };
    const { outputs } = await at.deploy({ build: 1, objects: { a: "1" } });
    assert.equal(outputs["operation"], "created");
    assert.equal((await at.pullRequests())[0]?.sourceRefName, `refs/heads/${branch("1-2")}`);
  });
});

describe("OpenManifestsPR when a stage is retried", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const objects = { a: "1" };

  it("attaches to its pull request when the render is the same", async () => {
    const first = await at.deploy({ build: 1, objects });
    const again = await at.deploy({ build: 1, objects });
    assert.deepEqual(again.outputs, { ...first.outputs, operation: "attached" });
    assert.equal((await at.pullRequests()).length, 1);
  });

  it("attaches to its pull request also after the merge", async () => {
    const first = await at.deploy({ build: 1, objects });
    await at.merge(1);
    const again = await at.deploy({ build: 1, objects });
    assert.deepEqual(again.outputs, { ...first.outputs, operation: "attached" });
    assert.deepEqual(await at.branches(), ["main"]);
  });

  it("opens another one for another render and abandons the first", async () => {
    await at.deploy({ build: 1, objects });
    await at.deploy({ build: 1, objects: { a: "2" } });
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
    assert.deepEqual(await at.branches(), [branch("1-2"), "main"]);
  });

  it("opens another one when the first was abandoned", async () => {
    await at.deploy({ build: 1, objects });
    await at.abandon(1);
    const { outputs } = await at.deploy({ build: 1, objects });
    assert.equal(outputs["operation"], "created");
    assert.equal((await at.pullRequests())[1]?.sourceRefName, `refs/heads/${branch("1-2")}`);
  });

  it("opens another one when the first has come into conflict with the target", async () => {
    await at.deploy({ build: 1, objects });
    await eventually("the merge preview", () =>
      at.state(1).mergeStatus === "succeeded" ? true : undefined,
    );
    at.state(1).mergeStatus = "conflicts";
    await at.deploy({ build: 1, objects });
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("does not attach to a branch that somebody else pushed to", async () => {
    await at.deploy({ build: 1, objects });
    await at.commit(branch("1"), { "dev/api/extra.yaml": "# extra\n" });
    const { outputs } = await at.deploy({ build: 1, objects });
    assert.equal(outputs["operation"], "created");
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
  });

  it("finishes what a killed attempt left undone", async () => {
    at.tampering.answers.set("PATCH properties", refusal(500, "SomeException", "broken"));
    await assert.rejects(at.deploy({ build: 1, objects }));
    at.tampering.answers.clear();
    const { outputs } = await at.deploy({ build: 1, objects });
    assert.equal(outputs["operation"], "attached");
    const properties = await getProperties(at.developer, { repo: at.repo, id: 1 });
    assert.ok(properties["Fluxgate.Run"]);
  });

  it("replaces the branch of an attempt that ended before its pull request", async () => {
    at.tampering.answers.set("POST pullrequests", refusal(500, "SomeException", "broken"));
    at.tampering.answers.set("POST refs", refusal(500, "SomeException", "broken"));
    await assert.rejects(at.deploy({ build: 1, objects }));
    at.tampering.answers.clear();
    const { outputs } = await at.deploy({ build: 1, objects });
    assert.equal(outputs["operation"], "created");
    assert.deepEqual(await at.branches(), [branch("1-2"), "main"]);
  });
});

describe("OpenManifestsPR when the target holds the render already", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
    await at.deploy({ build: 1, objects: { a: "1" } });
    await at.merge(1);
  });
  afterEach(() => at.stop());

  it("opens none: an empty commit carries the wait", async () => {
    const { outputs } = await at.deploy({ build: 2, objects: { a: "1" } });
    const commit = await at.headOf(branch("2"));
    const { projectId, repositoryId, ...said } = outputs;
    assert.deepEqual(said, { pullRequestId: "", pullRequestUrl: "", commit, operation: "none" });
    assert.match(`${projectId} ${repositoryId}`, /^[0-9a-f-]{36} [0-9a-f-]{36}$/);
    const main = await getCommit(at.developer, { repo: at.repo, commit: await at.headOf("main") });
    const carrier = await getCommit(at.developer, { repo: at.repo, commit });
    assert.deepEqual(carrier?.parents, [main?.commitId]);
    assert.deepEqual(await at.files(branch("2")), await at.files("main"));
    assert.equal((await at.pullRequests()).length, 1);
  });

  it("uses the same carrier when the stage is retried", async () => {
    const first = await at.deploy({ build: 2, objects: { a: "1" } });
    const again = await at.deploy({ build: 2, objects: { a: "1" } });
    assert.deepEqual(again.outputs, first.outputs);
  });

  it("abandons the open pull request of an older run", async () => {
    await at.deploy({ build: 2, objects: { a: "2" } });
    await at.deploy({ build: 3, objects: { a: "1" } });
    assert.deepEqual(await at.statuses(), ["completed", "abandoned"]);
    assert.match(at.threads(2)[0] ?? "", /Superseded by run 20261123.3, which changes nothing/);
  });

  it("makes older runs superseded", async () => {
    await at.deploy({ build: 3, objects: { a: "1" } });
    await assert.rejects(at.deploy({ build: 2, objects: { a: "2" } }), { code: "superseded" });
  });

  it("keeps an older carrier while its run may wait, and deletes it afterwards", async () => {
    const project = { id: "00000000-0000-0000-0000-000000000001" };
    const build = (status: string) => ({
      status: 200,
      body: (path: string) => ({ id: Number(path.split("/").at(-1)), project, status }),
    });
    at.tampering.answers.set("GET builds", build("inProgress"));
    await at.deploy({ build: 2, objects: { a: "1" } });
    await at.deploy({ build: 3, objects: { a: "1" } });
    assert.deepEqual(await at.branches(), [branch("2"), branch("3"), "main"]);
    at.tampering.answers.set("GET builds", build("completed"));
    await at.deploy({ build: 4, objects: { a: "1" } });
    assert.deepEqual(await at.branches(), [branch("4"), "main"]);
  });
});
