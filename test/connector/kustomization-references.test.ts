import assert from "node:assert/strict";
import { outsideReferences } from "../../connector/kustomization-references.ts";

const path = "apps/api/overlays/dev/kustomization.yaml";

describe("what a kustomization takes from elsewhere", () => {
  const rows: readonly (readonly [says: string, text: string, expected: readonly string[]])[] = [
    ["a base", "resources: [../../base]", ["apps/api/base"]],
    ["a base with a slash at its end", "bases: [../../base/]", ["apps/api/base"]],
    ["a component of another app", "components: [../../../../common/tls]", ["common/tls"]],
    ["a patch", "patches: [{ path: ../patch.yaml }]", ["apps/api/overlays/patch.yaml"]],
    [
      "a generator's file with its key",
      "configMapGenerator: [{ name: a, files: [app.conf=../../app.conf] }]",
      ["apps/api/app.conf"],
    ],
    ["each once", "resources: [../../base, ../dev/../../base]", ["apps/api/base"]],
    ["nothing of its own folder", "resources: [api.yaml, ./web, ../dev/x.yaml]", []],
    ["nothing remote", "resources: ['https://github.com/o/r//x/../y?ref=v1']", []],
    ["nothing outside of the repository", "resources: [../../../../../etc, ../../../..]", []],
    ["no folder around its own", "resources: [../.., ../../..]", []],
    ["no text that merely holds dots", "patches: [{ patch: '- op: add\n  path: ../x' }]", []],
    ["nothing from a broken file", "resources: [", []],
    ["nothing from another type", "- a\n- 7\n---\ntext", []],
  ];
  for (const [says, text, expected] of rows) {
    it(says, () => assert.deepEqual(outsideReferences(text, path), expected));
  }

  it("comes to an end, however large and deep the file", () => {
    const deep = (levels: number) => `${"[".repeat(levels)}../x${"]".repeat(levels)}`;
    assert.equal(outsideReferences(`resources: ${deep(100)}`, path).length, 1);
    // Deeper than anything is read.
    assert.equal(outsideReferences(`resources: ${deep(500)}`, path).length, 0);
    const wide = Array.from({ length: 50_000 }, (_, index) => `../x${index}`).join(", ");
    assert.ok(outsideReferences(`resources: [${wide}]`, path).length <= 10_000);
  });
});
