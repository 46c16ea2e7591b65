import assert from "node:assert/strict";
import { goesWithAll, isOptedOut, prunes } from "../../../core/flux/garbage-collection.ts";
import {
  cleanFolder,
  commonFolder,
  folderFrom,
  foldersAround,
  isUnder,
} from "../../../core/flux/folder.ts";
import { folder } from "../../../core/flux/kinds/read-fields.ts";

describe("folders of a source", () => {
  for (const [path, of, then] of [
    ["dev/a.yaml", "dev", true],
    ["dev/a.yaml", "./dev/", true],
    ["dev/a.yaml", "/dev", true],
    ["dev/a.yaml", ".", true],
    ["dev/a.yaml", "", true],
    ["dev/a.yaml", "dev/a.yaml", true],
    ["development/a.yaml", "dev", false],
    ["a/dev/a.yaml", "dev", false],
  ] as const) {
    it(`${path} is ${then ? "" : "not "}under ${JSON.stringify(of)}`, () => {
      assert.equal(isUnder(path, of), then);
    });
  }

  it("are written without ./ and slashes at their ends", () => {
    const written = ["./a/b/", "//a/b", "././a/b//", "a/b"].map(cleanFolder);
    assert.deepEqual(written, ["a/b", "a/b", "a/b", "a/b"]);
    assert.deepEqual([".", "./", "/", ""].map(cleanFolder), ["", "", "", ""]);
    assert.equal(cleanFolder(".hidden/a"), ".hidden/a");
  });

  it("are joined as Flux does: .. never leads out", () => {
    const joined = ["a/../b", "../b", "a/b/../../../c", "./a//b/.", ""].map(folder);
    assert.deepEqual(joined, ["b", "b", "c", "a/b", ""]);
  });

  it("stand around a path, the root last", () => {
    assert.deepEqual(foldersAround("a/b/c"), ["a/b/c", "a/b", "a", ""]);
    assert.deepEqual(foldersAround("a"), ["a", ""]);
  });

  it("are found from one another, unless that leaves the root", () => {
    assert.equal(folderFrom("a/b", "../c"), "a/c");
    assert.equal(folderFrom("", "./c//d"), "c/d");
    assert.equal(folderFrom("a", "../.."), undefined);
    assert.equal(folderFrom("", ".."), undefined);
  });

  it("hold several paths in common", () => {
    assert.equal(commonFolder(["a/b/c", "a/b/d"]), "a/b");
    assert.equal(commonFolder(["a/b", "a/b/c"]), "a/b");
    assert.equal(commonFolder(["a/b", "ab"]), "");
    assert.equal(commonFolder([]), "");
  });
});

describe("what Flux deletes", () => {
  const of = (spec: unknown) => ({
    ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
    ...{ metadata: { name: "a" }, spec },
  });

  it("is what leaves a Kustomization that prunes", () => {
    assert.deepEqual(
      [{ prune: true }, { prune: "true" }, {}, null].map((spec) => prunes(of(spec))),
      [...[true, false, false, false]],
    );
  });

  for (const [spec, then] of [
    [{ prune: true }, true],
    [{ prune: false }, false],
    [{ prune: true, suspend: true }, false],
    [{ prune: true, deletionPolicy: "MirrorPrune" }, true],
    [{ prune: false, deletionPolicy: "MirrorPrune" }, false],
    [{ prune: false, deletionPolicy: "Delete" }, true],
    [{ prune: false, deletionPolicy: "WaitForTermination" }, true],
    [{ prune: true, deletionPolicy: "Orphan" }, false],
  ] as const) {
    it(`is ${then ? "" : "not "}all of one that goes with ${JSON.stringify(spec)}`, () => {
      assert.equal(goesWithAll(of(spec)), then);
    });
  }

  it("is nothing that says that it stays", () => {
    const saying = (metadata: object) =>
      isOptedOut({ ...of({}), metadata: { name: "a", ...metadata } });
    const key = "kustomize.toolkit.fluxcd.io";
    assert.ok(saying({ labels: { [`${key}/prune`]: "disabled" } }));
    assert.ok(saying({ annotations: { [`${key}/prune`]: "Disabled" } }));
    assert.ok(saying({ annotations: { [`${key}/reconcile`]: "disabled" } }));
    assert.ok(!saying({ annotations: { [`${key}/prune`]: "enabled" } }));
    assert.ok(!saying({ annotations: { [`${key}/ssa`]: "disabled" } }));
    assert.ok(!saying({ annotations: null }));
  });
});
