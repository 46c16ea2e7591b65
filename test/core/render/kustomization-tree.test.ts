import assert from "node:assert/strict";
import { kustomizationTree } from "../../../core/render/kustomization-tree.ts";

const tree = (files: Readonly<Record<string, string>>) =>
  kustomizationTree(Object.entries(files).map(([path, text]) => ({ path, text })));

describe("what kustomizations build on", () => {
  it("is told by what they list, not by the folder they are in", () => {
    const { namespacesOf, above } = tree({
      "kustomization.yaml": "namespace: outer\nresources: [a/ks.yaml, ./b]\n",
      "a/app/kustomization.yaml": "resources: [./x.yaml]\n",
      "b/kustomization.yml": "namespace: inner\nresources: [y.yaml]\n",
    });
    assert.deepEqual(namespacesOf("a/ks.yaml"), ["outer"]);
    assert.deepEqual(namespacesOf("a/app/x.yaml"), [undefined]);
    assert.deepEqual(namespacesOf("b/y.yaml"), ["outer"]);
    assert.deepEqual(namespacesOf("b/unlisted.yaml"), [undefined]);
    assert.deepEqual(
      above("b/y.yaml").map(({ path }) => path),
      ["b/kustomization.yml", "kustomization.yaml"],
    );
  });

  it("may be several overlays with a namespace each", () => {
    const { namespacesOf } = tree({
      "base/kustomization.yaml": "resources: [x.yaml]\n",
      "one/kustomization.yaml": "namespace: one\nresources: [../base]\n",
      "two/kustomization.yaml": "namespace: two\ncomponents: [../base/]\n",
    });
    assert.deepEqual(namespacesOf("base/x.yaml"), ["one", "two"]);
  });

  it("ends where it goes round in a circle", () => {
    const { namespacesOf, above } = tree({
      "a/kustomization.yaml": "resources: [../b, x.yaml]\n",
      "b/kustomization.yaml": "namespace: b\nresources: [../a]\n",
    });
    assert.deepEqual(namespacesOf("a/x.yaml"), ["b"]);
    assert.equal(above("a/x.yaml").length, 2);
  });
});
