import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";
import { refusal } from "./tampering-fetch.ts";

describe("OpenManifestsPR attaches every object's diff", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const attached = (id: number) => at.state(id).attachments;

  it("as a file that the description links to and a reader can open", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    const { description = "" } = (await at.pullRequests())[0] ?? {};
    const [, name, url = ""] = /\[(changes-dev\.md)\]\((http[^)]+)\)/.exec(description) ?? [];
    assert.equal(name, "changes-dev.md");
    const Authorization = `Basic ${btoa(":sandbox-reader")}`;
    const answer = await fetch(url, { headers: { Authorization } });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /## Added: `ConfigMap a`/);
  });

  it("with values of secrets masked, and their change told", async () => {
    const secret = (text: string) => Buffer.from(text).toString("base64");
    await at.deploy({ build: 1, objects: {}, secrets: { db: secret("old-pass") } });
    await at.merge(1);
    await at.deploy({ build: 2, objects: {}, secrets: { db: secret("new-pass-word") } });
    const text = attached(2)[0]?.content.toString() ?? "";
    assert.match(text, /@@ data\.key @@\n-\(secret, 8 bytes\)\n\+\(secret, 13 bytes\)/);
    for (const value of ["old-pass", "new-pass-word"]) {
      assert.ok(!text.includes(value) && !text.includes(secret(value)));
    }
  });

  it("and opens the pull request all the same when it may not attach", async () => {
    at.tampering.answers.set("POST attachments", refusal(403, "X", "TF401027: no"));
    const { outputs } = await at.deploy({ build: 1, objects: { a: "1" } });
    assert.equal(outputs["operation"], "created");
    assert.match(at.log.join("\n"), /warning: Could not attach changes-dev\.md to !1/);
    assert.doesNotMatch((await at.pullRequests())[0]?.description ?? "", /changes-dev/);
  });

  it("once: a retry finds the file of the attempt before", async () => {
    at.tampering.answers.set("PATCH properties", refusal(400, "Killed", "here it was killed"));
    await assert.rejects(at.deploy({ build: 1, objects: { a: "1" } }));
    at.tampering.answers.clear();
    await at.deploy({ build: 1, objects: { a: "1" } });
    assert.equal(attached(1).length, 1);
    assert.match((await at.pullRequests())[0]?.description ?? "", /\[changes-dev\.md\]\(http/);
  });
});
