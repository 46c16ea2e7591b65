import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

describe("OpenManifestsPR labels its pull request", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const objects = { a: "1" };
  const labels = () => at.state(1).labels.map(({ name }) => name);

  it("with those of fluxgate.yaml and of the input, each once, in no further call", async () => {
    const inputs = { labels: ["Prod", "urgent"] };
    await at.deploy({ build: 1, objects, labels: ["prod", "team-a"], inputs });
    assert.deepEqual(labels(), ["Prod", "team-a", "urgent"]);
    assert.ok(!at.tampering.calls.some((call) => / labels$/.test(call)));
  });

  it("also where the service passes them over when it opens it", async () => {
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), labels: undefined } : body;
    await at.deploy({ build: 1, objects, labels: ["prod"] });
    assert.deepEqual(labels(), ["prod"]);
  });

  it("and fails when it may not, naming them; a retry sets them", async () => {
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), labels: undefined } : body;
    at.tampering.answers.set("POST labels", refusal(403, "X", "TF401027: no"));
    const deploy = () => at.deploy({ build: 1, objects, labels: ["prod"] });
    await assert.rejects(deploy(), {
      code: "pull-request-unfinished",
      message: /could not set the labels prod of !1: .*TF401027/,
    });
    at.tampering.answers.clear();
    assert.equal((await deploy()).outputs["operation"], "attached");
    assert.deepEqual(labels(), ["prod"]);
  });
});
