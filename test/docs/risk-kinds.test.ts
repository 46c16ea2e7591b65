import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { riskKinds } from "../../core/diff/risk-kinds.ts";

describe("docs/spec/fluxgate-yaml.md", () => {
  it("names every kind of risk that can make a pull request a draft", () => {
    const document = readFileSync("docs/spec/fluxgate-yaml.md", "utf8");
    const missing = riskKinds.filter((kind) => !document.includes(`\`${kind}\``));
    assert.deepEqual(missing, []);
  });
});
