import assert from "node:assert/strict";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

describe("OpenManifestsPR refuses, with nothing half-written,", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(async () => {
    assert.deepEqual(
      (await at.branches()).filter((name) => name.startsWith("fluxgate/")),
      [],
    );
    await at.stop();
  });
  const objects = { a: "1" };

  it("a folder without a render", async () => {
    const renderedFolder = join(tmpdir(), "fluxgate-absent");
    await assert.rejects(at.deploy({ build: 1, objects, inputs: { renderedFolder } }), {
      code: "render-missing",
      message: /^Failed to read the render: .*render-result\.json does not exist/,
    });
  });

  it("an environment that was not rendered, naming those that were", async () => {
    await assert.rejects(at.deploy({ build: 1, objects, inputs: { environment: "prod" } }), {
      code: "render-missing",
      message: /holds no render of environment prod, only of: dev$/,
    });
  });

  it("another delivery than the pipeline waits for, whose wait nobody would answer", async () => {
    const refused = at.deploy({ build: 1, objects, inputs: { delivery: "store" } });
    await assert.rejects(refused, {
      message:
        /^Failed to deploy store: what was rendered is the delivery shop \(metadata\.name of fluxgate\.yaml\)$/,
      hint: /`delivery: shop`/,
    });
  });

  it("a repository that is absent or not referenced by the YAML", async () => {
    const inputs = { repository: "absent" };
    await assert.rejects(at.deploy({ build: 1, objects, inputs }), {
      code: "repository-not-found",
      message: /^Failed to find repository shop\/absent: .*\(TF401019\)$/,
      hint: /uses: \{ repositories/,
    });
  });

  it("a target branch that does not exist", async () => {
    await assert.rejects(at.deploy({ build: 1, objects, inputs: { targetBranch: "absent" } }), {
      code: "branch-not-found",
    });
  });

  it("an identity that may not open pull requests, and takes its branch back", async () => {
    const message = "TF401027: You need the Git 'PullRequestContribute' permission";
    const answer = refusal(403, "GitNeedsPermissionException", message);
    at.tampering.answers.set("POST pullrequests", answer);
    await assert.rejects(at.deploy({ build: 1, objects }), {
      code: "permission-missing",
      message: /^Failed to open a pull request from fluxgate\/shop\/dev\/1 to main: .*TF401027/,
      hint: /Contribute to pull requests/,
    });
  });

  it("a file that somebody changed since it was rendered", async () => {
    await at.deploy({ build: 1, objects });
    await at.merge(1);
    await at.commit("main", { "dev/api/v1_configmap_a.yaml": "changed: true\n" });
    await assert.rejects(at.deploy({ build: 2, objects: { a: "2" } }), {
      code: "manifests-conflict",
      message: /^dev\/api\/v1_configmap_a\.yaml: the file was changed by someone else/,
    });
  });

  it("a render that would empty the environment, unless it is told to", async () => {
    await at.deploy({ build: 1, objects });
    await at.merge(1);
    const empty = { build: 2, objects: {} };
    await assert.rejects(at.deploy(empty), { code: "manifests-conflict", message: /is empty/ });
    const { outputs } = await at.deploy({ ...empty, inputs: { allowEmpty: true } });
    assert.equal(outputs["operation"], "created");
    await at.merge(2);
  });
});
