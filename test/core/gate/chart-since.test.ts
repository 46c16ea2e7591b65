import assert from "node:assert/strict";
import { changedWithoutIndex } from "../../../core/gate/changed-files.ts";

const chart = (version: string, more = "") =>
  `apiVersion: v2\nname: api\nversion: ${version}\n${more}`;
const since = (before: string | undefined, text: string) => {
  const [file] = changedWithoutIndex([
    { path: "charts/api/Chart.yaml", removed: false, text, ...(before ? { before } : {}) },
  ]);
  return file?.chart;
};

describe("a Chart.yaml beside what it was", () => {
  it("is the same in other words", () => {
    assert.equal(since(chart("1.0.0"), `# ours\n${chart('"1.0.0"')}`), "same");
  });

  it("has the same version with other dependencies", () => {
    const more = "dependencies:\n  - { name: redis, version: 2.0.0 }\n";
    assert.equal(since(chart("1.0.0"), chart("1.0.0", more)), "same-version");
  });

  it("is of another version, or another chart", () => {
    assert.equal(since(chart("1.0.0"), chart("1.0.1")), undefined);
    assert.equal(
      since(chart("1.0.0"), chart("1.0.0").replace("name: api", "name: web")),
      undefined,
    );
  });

  it("is not compared where nobody knows, or can read, what was there", () => {
    assert.equal(since(undefined, chart("1.0.0")), undefined);
    assert.equal(since("- a\n", chart("1.0.0")), undefined);
  });
});
