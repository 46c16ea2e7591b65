import assert from "node:assert/strict";
import { asksForFourEyes } from "../../../core/four-eyes/changed-environments.ts";

const environments = [
  { name: "dev", path: "dev" },
  { name: "prod", path: "prod", fourEyes: true },
  { name: "canary", path: "dev/canary", fourEyes: true },
  { name: "twin", path: "both" },
  { name: "strict-twin", path: "both", fourEyes: true },
];
const asks = (...files: readonly string[]) => asksForFourEyes(environments, files).asks;

describe("which pull requests ask for four eyes", () => {
  it("are those with a file of an environment that asks", () => {
    assert.equal(asks("dev/a.yaml"), false);
    assert.equal(asks("dev/a.yaml", "prod/a.yaml"), true);
    assert.equal(asks("production/a.yaml", "dev/a.yaml"), true);
  });

  it("and those with a file of no environment, which may reach any", () => {
    assert.equal(asks("base/a.yaml"), true);
  });

  it("by the deepest folder, and of two with one folder by the one that asks", () => {
    assert.equal(asks("dev/canary/a.yaml"), true);
    assert.equal(asks("both/a.yaml"), true);
  });

  it("with the root as a folder of one that asks for nothing, the others still ask", () => {
    const root = [{ name: "all", path: "" }, ...environments];
    assert.equal(asksForFourEyes(root, ["README.md"]).asks, false);
    assert.equal(asksForFourEyes(root, ["prod/a.yaml"]).asks, true);
    assert.deepEqual(asksForFourEyes(root, []), { asks: false, text: "it changes no file" });
  });
});
