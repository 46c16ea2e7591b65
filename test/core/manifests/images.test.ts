import assert from "node:assert/strict";
import { imageText, imagesOf, parseImage } from "../../../core/manifests/images.ts";

describe("images", () => {
  it("tells a registry's port from a tag, and keeps the digest", () => {
    for (const [text, name, tag, digest] of [
      ["nginx", "nginx", undefined, undefined],
      ["registry:5000/a/b", "registry:5000/a/b", undefined, undefined],
      ["registry:5000/a/b:1.2", "registry:5000/a/b", "1.2", undefined],
      ["a/b:1@sha256:ff", "a/b", "1", "sha256:ff"],
      ["a/b@sha256:ff", "a/b", undefined, "sha256:ff"],
    ] as const) {
      const image = parseImage(text);
      assert.deepEqual([image.name, image.tag, image.digest], [name, tag, digest]);
      assert.equal(imageText(image), text);
    }
  });

  it("finds containers at any depth and declared fields of custom resources", () => {
    const object = {
      apiVersion: "databases.example.com/v1",
      kind: "Database",
      metadata: { name: "x" },
      spec: {
        image: "db:1",
        pools: [{ image: "pool:1" }, { image: "pool:2" }],
        template: { spec: { initContainers: [{ image: "init:1" }], containers: [{ image: "a" }] } },
      },
    };
    const images = imagesOf(object, [
      { kind: "Database", group: "databases.example.com", path: "spec.image" },
      { kind: "Database", path: "spec.pools.*.image" },
      { kind: "Other", path: "spec.image" },
    ]).map(({ path, image }) => `${path.join(".")}=${image}`);
    assert.deepEqual(images, [
      "spec.template.spec.initContainers.0.image=init:1",
      "spec.template.spec.containers.0.image=a",
      "spec.image=db:1",
      "spec.pools.0.image=pool:1",
      "spec.pools.1.image=pool:2",
    ]);
  });
});
