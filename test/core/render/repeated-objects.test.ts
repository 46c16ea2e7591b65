import assert from "node:assert/strict";
import { repeatedObjects } from "../../../core/render/repeated-objects.ts";

const placed = (name: string, file: string, together?: string) => ({
  object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name } },
  ...{ file, together },
});

describe("objects that are there twice", () => {
  it("are none where two overlays are built on one base", () => {
    const objects = ["root apps/staging", "root apps/production"].map((root) =>
      placed("a", "apps/base/a.yaml", root),
    );
    assert.deepEqual(repeatedObjects(objects, []), { errors: [], warnings: [] });
  });

  it("are wrong for certain where one cluster gets both", () => {
    const objects = [placed("a", "apps/base/a.yaml", "c"), placed("a", "apps/base/a.yaml", "c")];
    assert.deepEqual(repeatedObjects(objects, []).errors, [
      { file: "apps/base/a.yaml", message: "ConfigMap/a is there twice" },
    ]);
  });

  it("are compared as kustomize does: none is the namespace default, and what lives in none has none", () => {
    const of = (
      kind: string,
      metadata: { readonly name: string; readonly namespace?: string },
    ) => ({
      ...{ object: { apiVersion: "v1", kind, metadata }, together: "c" },
      file: `${kind}-${metadata.namespace ?? "open"}.yaml`,
    });
    const objects = ["ConfigMap", "Namespace"].flatMap((kind) => [
      of(kind, { name: "a" }),
      of(kind, { name: "a", namespace: kind === "ConfigMap" ? "default" : "x" }),
    ]);
    const apart = [of("Secret", { name: "a", namespace: "p" }), of("Secret", { name: "a" })];
    assert.deepEqual(repeatedObjects([...objects, ...apart], []).errors, [
      { file: "ConfigMap-open.yaml", message: "ConfigMap/a is in ConfigMap-default.yaml as well" },
      { file: "Namespace-open.yaml", message: "Namespace/a is in Namespace-x.yaml as well" },
    ]);
  });

  it("are one thing to say of all that are in the same files", () => {
    const names = ["a", "b", "c", "d", "e"];
    const objects = ["dev/a/x.yaml", "dev/b/x.yaml"].flatMap((file) =>
      names.map((name) => placed(name, file)),
    );
    assert.deepEqual(repeatedObjects(objects, []).warnings, [
      {
        file: "dev/a/x.yaml",
        message:
          "ConfigMap/a, ConfigMap/b, ConfigMap/c and 2 more are in dev/b/x.yaml as well: in one cluster each overwrites the other",
      },
    ]);
    // Each of two paths that Flux applies may be of another cluster.
    assert.deepEqual(repeatedObjects(objects, ["dev/a", "dev/b"]).warnings, []);
  });
});
