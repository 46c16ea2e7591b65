import assert from "node:assert/strict";
import { parseTrailers } from "../../../core/run/trailers.ts";
import { getCommit } from "../../../clients/azure-devops/commits.ts";
import { getProperties } from "../../../clients/azure-devops/pull-request-properties.ts";
import { parseRunRecord } from "../../../core/run/record.ts";
import { eventually } from "../../support/eventually.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

const index = "dev/.fluxgate/shop.json";
const file = (name: string) => `dev/api/v1_configmap_${name}.yaml`;

const run42 = "fluxgate/shop/dev/42";

describe("OpenManifestsPR opens a pull request", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());

  it("with the render on the run's branch, one commit ahead of the target", async () => {
    const main = await at.headOf("main");
    const { outputs } = await at.deploy({ build: 42, objects: { a: "1", b: "1" } });
    const commit = await at.headOf(run42);
    assert.deepEqual(outputs, {
      operation: "created",
      pullRequestId: "1",
      pullRequestUrl: `${at.organisationUrl}/shop/_git/shop-manifests/pullrequest/1`,
      commit,
      projectId: outputs["projectId"],
      repositoryId: outputs["repositoryId"],
    });
    const { parents } = (await getCommit(at.developer, { repo: at.repo, commit })) ?? {};
    assert.deepEqual(parents, [main]);
    assert.deepEqual(await at.files(run42), ["README.md", index, file("a"), file("b")]);
    assert.deepEqual(parseTrailers(await at.git("log", "-1", "--format=%B", commit)), {
      started: "2023-11-14T22:13:21.000Z",
      source: "shop@0123456789012345678901234567890123456789",
      run: `${at.organisationUrl}/shop/_build/results?buildId=42`,
      delivery: "shop",
      environment: "dev",
    });
  });

  it("whose record names the carrier", async () => {
    const { outputs } = await at.deploy({ build: 42, objects: { a: "1" } });
    const record = parseRunRecord(
      (await getProperties(at.developer, { repo: at.repo, id: 1 }))["Fluxgate.Run"],
    );
    assert.equal(record?.commit, outputs["commit"]);
    assert.equal(record?.build, 42);
  });

  it("whose title and description carry the verdict", async () => {
    const before = { build: 1, objects: { a: "1" }, images: { "r.io/shop/api": "1.0.0" } };
    await at.deploy(before);
    await at.merge(1);
    const after = { objects: { a: "2", b: "1" }, images: { "r.io/shop/api": "1.1.0" } };
    await at.deploy({ build: 2, ...after });
    const { title = "", description = "" } = (await at.pullRequests())[1] ?? {};
    assert.equal(title, "Deploy shop to dev: api 1.1.0, 1 object added, 1 changed (20261123.2)");
    assert.match(description, /^\*\*shop → dev:\*\* 1 image, 1 object added, 1 changed\./);
    assert.match(description, /\| `r.io\/shop\/api` \| `1\.0\.0` \| `1\.1\.0` \|/);
    assert.match(description, /run 20261123\.2.*_build\/results\?buildId=2/);
    assert.match(
      description,
      /Rendered with fluxgate 0\.1\.0, helm 4\.2\.3\. Checked for Kubernetes 1\.36/,
    );
    assert.ok(description.length <= 4000);
  });

  it("that deletes only own files and keeps those of others", async () => {
    await at.deploy({ build: 1, objects: { a: "1", b: "1" } });
    await at.merge(1);
    await at.commit("main", { "dev/api/notes.txt": "mine\n", "dev/other/x.yaml": "# x\n" });
    await at.deploy({ build: 2, objects: { a: "1" } });
    assert.deepEqual(await at.files("fluxgate/shop/dev/2"), [
      "README.md",
      index,
      "dev/api/notes.txt",
      file("a"),
      "dev/other/x.yaml",
    ]);
  });

  it("and replaces the high-level folder of its apps as a whole", async () => {
    const objects = { a: "1" };
    await at.deploy({ build: 1, objects, highLevel: { "api/x.yaml": "1", "api/y.yaml": "1" } });
    await at.merge(1);
    await at.commit("main", { "high-level/dev/theirs/z.yaml": "1" });
    const { outputs } = await at.deploy({ build: 2, objects, highLevel: { "api/x.yaml": "2" } });
    assert.equal(outputs["operation"], "created");
    const all = await at.files("fluxgate/shop/dev/2");
    const files = all.filter((path) => path.startsWith("high-level"));
    assert.deepEqual(files, ["high-level/dev/api/x.yaml", "high-level/dev/theirs/z.yaml"]);
  });

  it("that completes by itself where the environment says so", async () => {
    await at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
    await eventually("the completion", async () =>
      (await at.statuses())[0] === "completed" ? true : undefined,
    );
    await eventually("the end of the branch", async () =>
      (await at.branches()).length === 1 ? true : undefined,
    );
  });

  it("and fails when auto-complete is not permitted, saying what to allow to whom", async () => {
    const message =
      "TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity 'Build\\\\77', scope 'branch'.";
    const answer = refusal(403, "GitNeedsPermissionException", message);
    at.tampering.answers.set("PATCH pullrequests", answer);
    const deploy = () => at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
    await assert.rejects(deploy(), {
      code: "pull-request-unfinished",
      message:
        /^Failed to finish pull request !1: could not set auto-complete: .*Allow "Contribute" for Build\\+77, the build service .*, on repository shop\/shop-manifests/,
    });
    at.tampering.answers.clear();
    assert.equal((await deploy()).outputs["operation"], "attached");
    await eventually("the completion", async () =>
      (await at.statuses())[0] === "completed" ? true : undefined,
    );
  });

  it("in at most 20 calls of Azure DevOps, the older run's end included", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    at.tampering.calls.length = 0;
    await at.deploy({ build: 2, objects: { a: "2" }, autoComplete: true });
    assert.ok(at.tampering.calls.length <= 20, at.tampering.calls.join("\n"));
  });
});
