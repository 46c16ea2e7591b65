import assert from "node:assert/strict";
import { checkSchema } from "../../../../core/manifests/check-schema.ts";
import { goPattern } from "../../../../rendering/checks/schemas/go-pattern.ts";
import { knownCluster } from "../../../../rendering/checks/schemas/known-schemas.ts";

const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });
const { definitions } = cluster.schemas;
const type = "image.toolkit.fluxcd.io/v1/ImageUpdateAutomation";

function said(refspec: string): readonly string[] {
  const spec = {
    interval: "1m",
    sourceRef: { kind: "GitRepository", name: "a" },
    git: { commit: { author: { email: "a@b" } }, push: { refspec } },
  };
  const automation = { apiVersion: "image.toolkit.fluxcd.io/v1", kind: "ImageUpdateAutomation" };
  const matches = (text: string, pattern: string) => goPattern(pattern)?.test(text) ?? true;
  return checkSchema({ ...automation, metadata: { name: "a" }, spec }, definitions[type] ?? {}, {
    definitions,
    matches,
  });
}

describe("the definitions that Flux 2.9.4 brings", () => {
  it("refuse a push that an automation would force, or that deletes", () => {
    assert.deepEqual(said("refs/heads/main:refs/heads/auto"), []);
    for (const refspec of ["+refs/heads/main:refs/heads/auto", ":refs/heads/auto"]) {
      assert.match(said(refspec).join(), /refspec/, refspec);
    }
  });
});
