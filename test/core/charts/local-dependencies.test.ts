import assert from "node:assert/strict";
import { type ChartTexts, localDependencies } from "../../../core/charts/local-dependencies.ts";

const one = (name: string, repository: string, more = "") =>
  `  - { name: ${name}, version: 1.0.0, repository: "${repository}"${more} }\n`;
const list = (...entries: readonly string[]) => `dependencies:\n${entries.join("")}`;
const packed = (texts: Partial<ChartTexts>, path = "charts/api") =>
  localDependencies(path, {
    ...{ chart: `name: api\n${list(common)}`, requirements: undefined, lock: undefined },
    vendored: [],
    ...texts,
  });
const common = one("common", "file://../common");

describe("what a chart packs of other folders of its repository", () => {
  it("is its dependencies by file://, and none from elsewhere", () => {
    const others = [one("redis", "https://a.invalid"), one("own", ""), one("x", "oci://a.invalid")];
    const found = packed({ chart: `name: api\n${list(common, ...others)}` });
    assert.deepEqual(found, { folders: ["charts/common"] });
    assert.deepEqual(packed({ chart: "name: api\n" }), { folders: [] });
  });

  it("is what its lock file names, where it has one", () => {
    assert.deepEqual(packed({ lock: list(one("common", "file://../old")) }), {
      folders: ["charts/old"],
    });
    assert.deepEqual(packed({ lock: list(one("common", "https://a.invalid")) }), { folders: [] });
  });

  it("is what requirements.yaml lists, in charts of Helm 2", () => {
    const texts = { chart: "name: api\n", requirements: list(common) };
    assert.deepEqual(packed(texts), { folders: ["charts/common"] });
  });

  it("is nothing that its own charts folder has, by name or alias", () => {
    const chart = `name: api\n${list(common, one("b", "file://../b", ", alias: c"))}`;
    assert.deepEqual(packed({ chart, vendored: ["common"] }), { folders: ["charts/b"] });
    assert.deepEqual(packed({ chart, vendored: ["c"] }), { folders: ["charts/common"] });
    assert.deepEqual(packed({ chart, vendored: ["b"] }), {
      folders: ["charts/common", "charts/b"],
    });
  });

  it("is nothing where as many charts lie there as are listed, however they are called", () => {
    assert.deepEqual(packed({ vendored: ["other"] }), { folders: [] });
  });

  it("does not leave the repository", () => {
    const chart = `name: api\n${list(one("a", "file://../../../../a/./b/"))}`;
    assert.deepEqual(packed({ chart }), { folders: ["a/b"] });
    assert.deepEqual(packed({ chart: `name: api\n${list(one("a", "file://lib"))}` }, ""), {
      folders: ["lib"],
    });
  });

  it("may be anything beside it where that cannot be read", () => {
    assert.deepEqual(packed({ chart: "- a\n" }), {
      ...{ folders: ["charts"], why: "its Chart.yaml is no YAML of a chart" },
    });
    assert.match(packed({ lock: "{" }).why ?? "", /its list of dependencies cannot be read/);
    assert.deepEqual(packed({ requirements: "a" }, "api").folders, [""]);
    assert.deepEqual(packed({ chart: "" }, "").folders, []);
  });
});
