import assert from "node:assert/strict";
import { changeSummary } from "../../../core/azure-devops/change-summary.ts";
import type { OwnershipIndex } from "../../../core/render/ownership-index.ts";

function index(
  files: Readonly<Record<string, string>>,
  images: Readonly<Record<string, string>> = {},
): OwnershipIndex {
  const entries = Object.entries(files).map(([path, sha256]) => {
    const [app = "", name = ""] = path.split("/");
    const identity = { group: "", version: "v1", kind: "ConfigMap", namespace: "", name };
    return [path, name === "kustomization.yaml" ? { app, sha256 } : { app, sha256, identity }];
  });
  return {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery: "shop",
    environment: "dev",
    files: Object.fromEntries(entries) as OwnershipIndex["files"],
    provenance: { tools: {}, images, inputsDigest: "" },
  };
}

const names = (identities: readonly { readonly name: string }[]) =>
  identities.map(({ name }) => name);

describe("what a render changes, by the two indexes", () => {
  it("is everything added where there was nothing", () => {
    const change = changeSummary(undefined, index({ "api/a": "1" }, { "r.io/api": "1" }));
    assert.deepEqual(names(change.added), ["a"]);
    assert.deepEqual(change.images, [{ name: "r.io/api", to: "1" }]);
  });

  it("is counted in objects, not in files", () => {
    const before = index({ "api/a": "1", "api/b": "1", "api/kustomization.yaml": "1" });
    const after = index({ "api/a": "2", "api/c": "1", "api/kustomization.yaml": "2" });
    const change = changeSummary(before, after);
    assert.deepEqual(names(change.added), ["c"]);
    assert.deepEqual(names(change.changed), ["a"]);
    assert.deepEqual(names(change.removed), ["b"]);
  });

  it("does not count an object that only moved to another app", () => {
    const change = changeSummary(index({ "api/a": "1" }), index({ "web/a": "1" }));
    assert.deepEqual([...change.added, ...change.changed, ...change.removed], []);
    assert.deepEqual(change.removedApps, ["api"]);
  });

  it("names images that are new, other or gone", () => {
    const change = changeSummary(
      index({}, { a: "1", b: "1", c: "1" }),
      index({}, { a: "1", b: "2", d: "1" }),
    );
    assert.deepEqual(change.images, [
      { name: "b", from: "1", to: "2" },
      { name: "c", from: "1" },
      { name: "d", to: "1" },
    ]);
  });
});
