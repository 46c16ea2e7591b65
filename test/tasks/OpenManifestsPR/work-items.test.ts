import assert from "node:assert/strict";
import { type Harness, startHarness } from "./manifests-harness.ts";

describe("OpenManifestsPR links work items", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness({ workItems: [7, 8, 9] });
  });
  afterEach(() => at.stop());
  const objects = { a: "1" };
  const linked = () => at.state(1).workItems;
  const warnings = () => at.log.filter((line) => line.startsWith("warning"));

  it("that the input names, when it opens the pull request", async () => {
    await at.deploy({ build: 1, objects, inputs: { workItems: [7, 8] } });
    assert.deepEqual(linked(), ["7", "8"]);
    assert.deepEqual(warnings(), []);
  });

  it("and those of the run's changes where it is told to, each once", async () => {
    const value = [{ id: "8" }, { id: "9" }];
    at.tampering.answers.set("GET workitems of build", { status: 200, body: { value } });
    await at.deploy({ build: 1, objects, inputs: { workItems: [8], linkWorkItems: true } });
    assert.deepEqual(linked(), ["8", "9"]);
  });

  it("not again when a retry takes the pull request up", async () => {
    const deploy = () => at.deploy({ build: 1, objects, inputs: { workItems: [7] } });
    await deploy();
    at.tampering.calls.length = 0;
    assert.equal((await deploy()).outputs["operation"], "attached");
    assert.deepEqual(linked(), ["7"]);
    assert.ok(!at.tampering.calls.some((call) => call.includes("workitems")));
  });

  it("and warns once of one that does not exist, without failing the run", async () => {
    const { outputs } = await at.deploy({ build: 1, objects, inputs: { workItems: [7, 99] } });
    assert.equal(outputs["operation"], "created");
    assert.equal(warnings().length, 1, warnings().join("\n"));
    assert.match(warnings()[0] ?? "", /Work items #7, #99 are not linked to !1: .*TF401232.*99/);
  });

  it("and warns of one that the service passes over in silence", async () => {
    const workItemRefs = [{ id: "7" }];
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), workItemRefs } : body;
    await at.deploy({ build: 1, objects, inputs: { workItems: [7, 8] } });
    assert.deepEqual(
      warnings().map((line) => line.replace(/:.*:/, ":")),
      ["warning: they do not exist, or this pipeline's build service may not edit them"],
    );
    assert.match(warnings()[0] ?? "", /Work items #8 are not linked to !1/);
  });

  it("and goes on when those of the run cannot be read", async () => {
    const refused = { status: 403, body: { typeKey: "X", message: "no" } };
    at.tampering.answers.set("GET workitems of build", refused);
    await at.deploy({ build: 1, objects, inputs: { workItems: [7], linkWorkItems: true } });
    assert.deepEqual(linked(), ["7"]);
    assert.match(warnings()[0] ?? "", /Could not read the work items of run 20261123\.1/);
  });
});
