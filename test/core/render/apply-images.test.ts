import assert from "node:assert/strict";
import { applyImages } from "../../../core/render/apply-images.ts";

const deployment = (...images: string[]) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "x" },
  spec: { template: { spec: { containers: images.map((image) => ({ name: "a", image })) } } },
});

describe("applying an image list", () => {
  it("matches by name, not by what the template wrote as tag or digest", () => {
    const { objects, uses } = applyImages(
      [deployment("registry:5000/shop/api", "registry:5000/shop/api:old@sha256:00", "other/api:1")],
      [{ name: "registry:5000/shop/api", tag: "7" }],
    );
    assert.deepEqual(objects, [
      deployment("registry:5000/shop/api:7", "registry:5000/shop/api:7", "other/api:1"),
    ]);
    assert.deepEqual(
      [...uses],
      [
        ["registry:5000/shop/api", 2],
        ["other/api", 1],
      ],
    );
  });

  it("pins the digest where the list has one", () => {
    const { objects } = applyImages(
      [deployment("a/b:1")],
      [{ name: "a/b", tag: "2", digest: "sha256:ff" }],
    );
    assert.deepEqual(objects, [deployment("a/b:2@sha256:ff")]);
  });

  it("does not change what it was given", () => {
    const given = deployment("a/b:1");
    applyImages([given], [{ name: "a/b", tag: "2" }]);
    assert.deepEqual(given, deployment("a/b:1"));
  });
});
