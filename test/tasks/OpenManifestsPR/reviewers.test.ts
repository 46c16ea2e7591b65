import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

describe("OpenManifestsPR asks for reviewers", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const objects = { a: "1" };
  const reviewers = (id = 1) =>
    [...at.state(id).reviewers.values()].map((one) => [one.identity.name, one.isRequired]);
  const deploy = (required: readonly string[], optional: readonly string[] = [], build = 1) =>
    at.deploy({ build, objects, settings: { reviewers: { required, optional } } });

  it("by display name, mail address and group, in the call that opens it", async () => {
    await deploy(["Ari Approver", "[shop]\\shop Team"], ["developer@fabrikam.com"]);
    assert.deepEqual(reviewers(), [
      ["approver", true],
      ["team shop Team", true],
      ["developer", false],
    ]);
    assert.ok(!at.tampering.calls.includes("PUT reviewers"));
  });

  it("of fluxgate.yaml and of the inputs, each once, required where one of them says so", async () => {
    const inputs = { requiredReviewers: ["DEVELOPER@fabrikam.com"], optionalReviewers: ["admin"] };
    const settings = { reviewers: { required: [], optional: ["developer@fabrikam.com"] } };
    await at.deploy({ build: 1, objects, settings, inputs });
    assert.deepEqual(reviewers(), [
      ["developer", true],
      ["admin", false],
    ]);
  });

  it("also where the service passes them over when it opens it", async () => {
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), reviewers: undefined } : body;
    await deploy(["Ari Approver"]);
    assert.deepEqual(reviewers(), [["approver", true]]);
  });

  it("and writes nothing where a required one is nobody, naming each", async () => {
    await assert.rejects(deploy(["Nobody", "nobody@fabrikam.com", "Ari Approver"]), {
      code: "reviewer-not-found",
      message: /"Nobody": nobody and no group is called so[^]*"nobody@fabrikam.com"/,
    });
    assert.deepEqual(await at.branches(), ["main"]);
  });

  it("names those whom an ambiguous name may mean", async () => {
    const one = (id: string, mail: string) => ({
      id,
      providerDisplayName: "Kim Lee",
      properties: { Mail: { $value: mail } },
    });
    at.tampering.answers.set("GET identities", {
      status: 200,
      body: { count: 2, value: [one("1", "kim@a.com"), one("2", "lee@a.com")] },
    });
    await assert.rejects(deploy(["Kim Lee"]), {
      message: /2 are called so: Kim Lee \(kim@a.com\), Kim Lee \(lee@a.com\)/,
    });
  });

  it("and only warns of an optional one that is nobody", async () => {
    await deploy([], ["Nobody"]);
    assert.deepEqual(reviewers(), []);
    assert.match(at.log.join("\n"), /warning: Optional reviewer "Nobody" is left out/);
  });

  it("and takes no vote away when a retry takes the pull request up", async () => {
    await deploy(["Ari Approver"]);
    const [reviewer] = at.state(1).reviewers.values();
    if (reviewer) reviewer.vote = 10;
    assert.equal((await deploy(["Ari Approver"])).outputs["operation"], "attached");
    assert.deepEqual(
      [...at.state(1).reviewers.values()].map((one) => one.vote),
      [10],
    );
  });

  it("and fails when it may not add one, saying so; a retry adds them", async () => {
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), reviewers: undefined } : body;
    at.tampering.answers.set("PUT reviewers", refusal(403, "X", "TF401027: no"));
    await assert.rejects(deploy(["Ari Approver"]), {
      code: "pull-request-unfinished",
      message: /could not add the reviewers of !1: .*TF401027/,
    });
    at.tampering.answers.clear();
    await deploy(["Ari Approver"]);
    assert.deepEqual(reviewers(), [["approver", true]]);
  });
});
