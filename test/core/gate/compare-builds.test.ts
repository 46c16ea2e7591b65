import assert from "node:assert/strict";
import {
  compareBuilds,
  objectsOfFiles,
  type BuiltSide,
} from "../../../core/gate/compare-builds.ts";
import type { BuiltChange } from "../../../core/gate/gate-input.ts";

const object = (name: string, digest: string, file?: string) => ({
  identity: { group: "", version: "v1", kind: "ConfigMap", namespace: "shop", name },
  ...{ digest, ...(file === undefined ? {} : { file }) },
});
type Built = Extract<BuiltSide, { readonly kind: "built" }>;
const side = (objects: Built["objects"], more: Partial<Built> = {}): Built => ({
  ...{ kind: "built", objects, read: [], hasUnknownValues: false },
  ...more,
});
const names = (change: BuiltChange) =>
  change.kind === "built"
    ? [change.changed.map(({ name }) => name), change.removed.map(({ name }) => name)]
    : change.why;

describe("two builds of one Kustomization", () => {
  it("differ by what is new, other, or gone", () => {
    const before = side([object("same", "1"), object("other", "1"), object("gone", "1")]);
    const after = side([object("same", "1"), object("other", "2"), object("new", "1")]);
    assert.deepEqual(names(compareBuilds(before, after)), [["other", "new"], ["gone"]]);
  });

  it("are not compared where one could not be had, and it says which", () => {
    const unknown = { kind: "unknown", why: "it takes too long" } as const;
    assert.equal(names(compareBuilds(side([]), unknown)), "it takes too long");
    const told = names(compareBuilds(unknown, side([])));
    assert.equal(told, "what was there before: it takes too long");
  });

  it("hang on values of the cluster where either does", () => {
    const change = compareBuilds(side([], { hasUnknownValues: true }), side([]));
    assert.equal(change.kind === "built" && change.hasUnknownValues, true);
  });
});

describe("the objects of files, where there is nothing to compare with", () => {
  const after = side([object("own", "1", "dev/a.yaml"), object("foreign", "1", "dev/b.yaml")], {
    read: ["dev/a.yaml", "dev/b.yaml", "dev/kustomization.yaml", "dev/patch.yaml"],
  });
  const of = (...files: readonly string[]) =>
    names(
      objectsOfFiles(after, {
        files: new Set(files),
        isList: (path) => path === "dev/kustomization.yaml",
      }),
    );

  it("are those that came from them", () => {
    assert.deepEqual(of("dev/a.yaml", "dev/kustomization.yaml"), [["own"], []]);
  });

  it("are not known of a file that only changes others", () => {
    assert.match(String(of("dev/a.yaml", "dev/patch.yaml")), /what dev\/patch.yaml makes/);
  });

  it("are none of a file that nothing reads", () => {
    assert.deepEqual(of("dev/unlisted.yaml"), [[], []]);
  });
});
