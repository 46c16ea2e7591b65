import assert from "node:assert/strict";
import { getProperties } from "../../../clients/azure-devops/pull-request-properties.ts";
import { parseRunRecord } from "../../../core/run/record.ts";
import { sha256 } from "../../../clients/sha256.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

describe("OpenManifestsPR, when the target branch moves while it works,", () => {
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness();
  });
  afterEach(() => at.stop());
  const file = "dev/api/v1_configmap_a.yaml";

  /** Once, between reading the target and opening the pull request. */
  const before = (call: string, push: () => Promise<unknown>) => {
    let done = false;
    at.tampering.meanwhile = async (each) => {
      if (done || each !== call) return;
      done = true;
      await push();
    };
  };

  it("places the render anew on the new tip where the two conflict", async () => {
    await at.deploy({ build: 1, objects: { a: "1", b: "1" } });
    await at.merge(1);
    // Another run's render comes to the branch: the same file, another value.
    const other =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: "1"\n# other\n';
    before("POST pullrequests", async () => {
      const index = (await at.git("show", `${await at.headOf("main")}:dev/.fluxgate/shop.json`))
        .split("\n")
        .map((line) =>
          line.includes("configmap_a") ? line.replace(/[0-9a-f]{64}/, sha256(other)) : line,
        );
      await at.commit("main", { [file]: other, "dev/.fluxgate/shop.json": index.join("\n") });
    });
    const { outputs } = await at.deploy({ build: 2, objects: { a: "2", b: "2" } });
    assert.equal(outputs["operation"], "created");
    const all = await at.pullRequests();
    assert.deepEqual(await at.statuses(), ["completed", "abandoned", "active"]);
    assert.equal(String(all.at(-1)?.pullRequestId), outputs["pullRequestId"]);
    assert.match(all.at(-1)?.sourceRefName ?? "", /\/2-2$/);
  });

  it("opens one pull request where the other change does not touch it", async () => {
    before("POST pullrequests", () => at.commit("main", { "other/x.yaml": "x" }));
    await at.deploy({ build: 1, objects: { a: "1" } });
    assert.deepEqual(await at.statuses(), ["active"]);
  });

  it("does not say that nothing changes where the target no longer holds it", async () => {
    await at.deploy({ build: 1, objects: { a: "1" } });
    await at.merge(1);
    // The last call before the carrier is pushed.
    before("GET pullrequests", () =>
      at.commit("main", { [file]: null, "dev/.fluxgate/shop.json": null }),
    );
    const { outputs } = await at.deploy({ build: 2, objects: { a: "1" } });
    assert.equal(outputs["operation"], "created");
  });

  it("records whether all was compared, and the digest of the variables", async () => {
    await at.deploy({ build: 1, objects: { a: "1" }, variablesDigest: "abc" });
    const properties = await getProperties(at.developer, { repo: at.repo, id: 1 });
    const record = parseRunRecord(properties["Fluxgate.Run"]);
    assert.deepEqual([record?.complete, record?.variablesDigest], [true, "abc"]);
  });

  it("takes the title of fluxgate.yaml, else of the input", async () => {
    const settings = { title: "${environment}: ${change} [${run}]" };
    await at.deploy({ build: 1, objects: { a: "1" }, settings });
    const inputs = { title: "By input ${commit}" };
    await at.deploy({ build: 2, objects: { a: "2" }, settings, inputs });
    const titles = (await at.pullRequests()).map(({ title }) => title);
    assert.match(titles[0] ?? "", /^dev: .* \[20261123\.1\]$/);
    assert.equal(titles[1], "By input 01234567");
  });
});
