import assert from "node:assert/strict";
import { parseTrailers } from "../../../core/azure-devops/trailers.ts";
import { parseRunRecord } from "../../../core/azure-devops/run-record.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

const index = "dev/.fluxgate/shop.json";
const file = (name: string) => `dev/api/v1_configmap_${name}.yaml`;

describe("OpenManifestsPR opens a pull request", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());

  it("with the render on the run's branch, one commit ahead of the target", async () => {
    const main = at.headOf("refs/heads/main");
    const { outputs } = await at.deploy({ build: 42, objects: { a: "1", b: "1" } });
    const commit = at.headOf("refs/heads/fluxgate/shop/dev/42");
    assert.deepEqual(outputs, {
      operation: "created",
      pullRequestId: "1",
      pullRequestUrl: `${at.organisationUrl}/shop/_git/shop-manifests/pullrequest/1`,
      commit,
    });
    assert.equal(at.git("rev-parse", `${commit}^`), main);
    assert.deepEqual(at.files(commit), ["README.md", index, file("a"), file("b")]);
    assert.deepEqual(parseTrailers(at.git("log", "-1", "--format=%B", commit)), {
      source: "shop@0123456789012345678901234567890123456789",
      run: `${at.organisationUrl}/shop/_build/results?buildId=42`,
      delivery: "shop",
      environment: "dev",
    });
  });

  it("whose record names the carrier", async () => {
    const { outputs } = await at.deploy({ build: 42, objects: { a: "1" } });
    const record = parseRunRecord(at.state.properties.get(1)?.["Fluxgate.Run"]);
    assert.equal(record?.commit, outputs["commit"]);
    assert.equal(record?.build, 42);
  });

  it("whose title and description carry the verdict", async () => {
    const before = { build: 1, objects: { a: "1" }, images: { "r.io/shop/api": "1.0.0" } };
    await at.deploy(before);
    at.merge(1);
    const after = { objects: { a: "2", b: "1" }, images: { "r.io/shop/api": "1.1.0" } };
    await at.deploy({ build: 2, ...after });
    const { title = "", description = "" } = at.state.pullRequests[1] ?? {};
    assert.equal(title, "Deploy shop to dev: api 1.1.0 (20261123.2)");
    assert.match(description, /^\*\*shop → dev:\*\* 1 image, 1 object added, 1 object changed\./);
    assert.match(description, /\| `r.io\/shop\/api` \| `1\.0\.0` \| `1\.1\.0` \|/);
    assert.match(description, /run 20261123\.2.*_build\/results\?buildId=2/);
    assert.ok(description.length <= 4000);
  });

  it("that deletes only own files and keeps those of others", async () => {
    await at.deploy({ build: 1, objects: { a: "1", b: "1" } });
    at.merge(1);
    at.commit("main", { "dev/api/notes.txt": "mine\n", "dev/other/x.yaml": "# x\n" });
    const { outputs } = await at.deploy({ build: 2, objects: { a: "1" } });
    assert.deepEqual(at.files(outputs["commit"] ?? ""), [
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
    at.merge(1);
    at.commit("main", { "high-level/dev/theirs/z.yaml": "1" });
    const { outputs } = await at.deploy({ build: 2, objects, highLevel: { "api/x.yaml": "2" } });
    assert.equal(outputs["operation"], "created");
    const files = at.files(outputs["commit"] ?? "").filter((path) => path.startsWith("high-level"));
    assert.deepEqual(files, ["high-level/dev/api/x.yaml", "high-level/dev/theirs/z.yaml"]);
  });

  it("with auto-complete where the environment says so", async () => {
    await at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
    const [made] = at.state.pullRequests;
    assert.deepEqual(made?.autoCompleteSetBy, { id: "build" });
    assert.equal(made.completionOptions?.deleteSourceBranch, true);
  });

  it("and only warns when auto-complete is not permitted", async () => {
    const typeKey = "GitNeedsPermissionException";
    const message = "TF401027: You need the Git 'GenericContribute' permission";
    at.state.refusals.set("PATCH pullrequests", { status: 403, typeKey, message });
    const deployed = await at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
    assert.equal(deployed.outputs["operation"], "created");
    assert.match(at.log.join("\n"), /warning: Could not set auto-complete on !1: .*TF401027/);
  });

  it("in at most 20 calls of Azure DevOps, the older run's end included", async () => {
    await at.deploy({ build: 1, objects: { a: "1" }, autoComplete: true });
    at.state.calls.length = 0;
    await at.deploy({ build: 2, objects: { a: "2" }, autoComplete: true });
    assert.ok(at.state.calls.length <= 20, at.state.calls.join("\n"));
  });
});
