import assert from "node:assert/strict";
import { updatePullRequest } from "../../../clients/azure-devops/pull-requests.ts";
import { eventually } from "../../support/eventually.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

describe("OpenManifestsPR and risky changes", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
    await at.deploy({ build: 1, objects: { a: "1" }, volumes: ["data"] });
    await at.merge(1);
    at.tampering.calls.length = 0;
  });
  afterEach(() => at.stop());
  // Removes the volume claim, whose data may go with it.
  const risky = { build: 2, objects: { a: "1" } };
  const second = async () => {
    const [, pullRequest] = await at.pullRequests();
    return pullRequest ?? assert.fail("there is no second pull request");
  };

  it("opens an ordinary pull request unless told otherwise", async () => {
    await at.deploy(risky);
    assert.equal((await second()).isDraft, false);
  });

  it("opens a draft where fluxgate.yaml names that kind of risk, and says so", async () => {
    const { summary = "" } = await at.deploy({ ...risky, draftOnRisk: ["high"] });
    const { isDraft, description = "" } = await second();
    assert.equal(isDraft, true);
    assert.match(
      description,
      /\*\*Opened as a draft\*\* because of a risk: somebody has to publish/,
    );
    assert.match(description, /PersistentVolumeClaim data`: is removed, and Flux deletes it/);
    assert.match(summary, /\(created, a draft\)/);
    assert.match(
      at.log.join("\n"),
      /warning: Pull request !2 is a draft: somebody has to publish it/,
    );
  });

  it("does not where the risk is of another kind", async () => {
    await at.deploy({ ...risky, draftOnRisk: ["grant", "image"] });
    assert.equal((await second()).isDraft, false);
  });

  it("lets the input decide over fluxgate.yaml, both ways", async () => {
    await at.deploy({ ...risky, draftOnRisk: ["high"], inputs: { draftOnRisk: [] } });
    assert.equal((await second()).isDraft, false);
    await at.deploy({ ...risky, build: 3, inputs: { draftOnRisk: ["removal"] } });
    assert.equal((await at.pullRequests())[2]?.isDraft, true);
  });

  it("never sets auto-complete on a draft", async () => {
    await at.deploy({ ...risky, draftOnRisk: ["high"], autoComplete: true });
    const changes = at.tampering.calls.filter((call) => call === "PATCH pullrequests");
    assert.equal(changes.length, 1, "only the description");
    await updatePullRequest(at.developer, { repo: at.repo, id: 2, change: { isDraft: false } });
    await eventually("the merge for show", async () =>
      (await second()).mergeStatus === "succeeded" ? true : undefined,
    );
    assert.equal((await second()).status, "active");
  });

  it("takes its draft up again as it stands: published by a person, it stays so", async () => {
    const draft = { ...risky, draftOnRisk: ["high"] };
    await at.deploy(draft);
    assert.equal((await at.deploy(draft)).outputs["operation"], "attached");
    assert.equal((await second()).isDraft, true);
    await updatePullRequest(at.developer, { repo: at.repo, id: 2, change: { isDraft: false } });
    assert.equal((await at.deploy(draft)).outputs["operation"], "attached");
    assert.equal((await second()).isDraft, false);
  });

  it("leaves a draft a draft when it takes up what a killed attempt had opened", async () => {
    const draft = { ...risky, draftOnRisk: ["high"], autoComplete: true };
    at.tampering.answers.set("PATCH properties", refusal(400, "Killed", "here it was killed"));
    await assert.rejects(at.deploy(draft));
    at.tampering.answers.clear();
    assert.equal((await at.deploy(draft)).outputs["operation"], "attached");
    const { isDraft, status, autoCompleteSetBy } = await second();
    assert.deepEqual([isDraft, status, autoCompleteSetBy], [true, "active", undefined]);
    assert.equal(at.state(2).attachments.length, 1);
  });

  it("abandons an older run's draft like any other", async () => {
    await at.deploy({ ...risky, draftOnRisk: ["high"] });
    await at.deploy({ build: 3, objects: { a: "2" }, volumes: ["data"] });
    assert.deepEqual(await at.statuses(), ["completed", "abandoned", "active"]);
  });
});
