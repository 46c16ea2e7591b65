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

  it("sets the parts of an image that a custom resource keeps apart", () => {
    const release = (image: unknown) => ({
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: { name: "x" },
      spec: { values: { image, list: [{ repo: "r/b", version: 1.5 }] } },
    });
    const kind = "HelmRelease";
    const { objects, uses, unpinned } = applyImages(
      [release({ registry: "reg", repository: "a/b", tag: "1", digest: "sha256:00" })],
      [
        { name: "reg/a/b", tag: "2" },
        { name: "r/b", tag: "3", digest: "sha256:ff" },
      ],
      [
        {
          kind,
          path: "spec.values.image.repository",
          registry: "registry",
          tag: "tag",
          digest: "digest",
        },
        { kind, path: "spec.values.list.*.repo", tag: "version" },
      ],
    );
    assert.deepEqual(objects, [
      {
        ...release(undefined),
        spec: {
          values: {
            image: { registry: "reg", repository: "a/b", tag: "2", digest: "" },
            list: [{ repo: "r/b", version: "3@sha256:ff" }],
          },
        },
      },
    ]);
    assert.deepEqual([...uses.keys()].sort(), ["r/b", "reg/a/b"]);
    assert.equal(unpinned.size, 0);
  });

  it("finds images of volumes, and those that may change without a commit", () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "x" },
      spec: {
        containers: [
          { image: "a/plain" },
          { image: "a/latest:latest" },
          { image: "a/pinned@sha256:0" },
        ],
        volumes: [
          { name: "data", image: { reference: "a/data:1" } },
          { name: "tmp", emptyDir: {} },
        ],
      },
    };
    const { objects, unpinned } = applyImages([pod], [{ name: "a/data", tag: "2" }]);
    assert.match(JSON.stringify(objects), /"reference":"a\/data:2"/);
    assert.deepEqual([...unpinned], ["a/plain", "a/latest"]);
  });
});
