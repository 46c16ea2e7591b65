import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { imageListSchema } from "../../../core/render/image-list-schema.ts";
import { parseImageList } from "../../../core/render/image-list.ts";

const digest = `sha256:${"a".repeat(64)}`;
const list = (images: unknown, more = {}) => ({
  apiVersion: "fluxgate.dev/v1",
  kind: "ImageTags",
  images,
  ...more,
});

describe("an image list of any CI", () => {
  const isValid = new Ajv().compile(imageListSchema);
  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ["none", list([]), true],
    ["a tag", list([{ name: "r.io:5000/a", tag: "1.0_x-y" }]), true],
    ["a digest", list([{ name: "a", digest }]), true],
    ["both, and what is for people", list([{ name: "a", tag: "1", digest, reason: "x" }]), true],
    ["neither", list([{ name: "a" }]), false],
    ["no name", list([{ tag: "1" }]), false],
    ["a tag in the name's place", list([{ name: "a@sha256:1", tag: "1" }]), false],
    ["a tag that no registry takes", list([{ name: "a", tag: "a b" }]), false],
    ["a tag that is a number", list([{ name: "a", tag: 1 }]), false],
    ["a digest that is none", list([{ name: "a", digest: "sha256:x" }]), false],
    ["another version", list([], { apiVersion: "fluxgate.dev/v2" }), false],
    ["another kind", list([], { kind: "Images" }), false],
    ["no list", list({}), false],
    ["no mapping", [], false],
  ];
  for (const [what, value, expected] of cases) {
    it(`with ${what} is ${expected ? "taken" : "refused"}, by the published schema too`, () => {
      const { images, problems } = parseImageList(JSON.stringify(value), "image-tags.json");
      assert.equal(images !== undefined, expected, JSON.stringify(problems));
      assert.equal(isValid(value), expected);
    });
  }
});
