import assert from "node:assert/strict";
import { checkImages } from "../../../core/render/check-images.ts";
import type { EnvironmentImages } from "../../../core/render/check-images.ts";

const declared = (name: string, required = true) => ({ name, required, dependsOn: [], build: {} });

function check(given: Partial<EnvironmentImages> & { readonly used?: readonly string[] }) {
  const { used = [], ...rest } = given;
  return checkImages({
    delivery: { images: [] },
    environment: "dev",
    images: [],
    uses: new Map(used.map((name) => [name, 1])),
    unpinned: new Set(),
    partial: false,
    ...rest,
  });
}
const problemsOf = (given: Parameters<typeof check>[0]) =>
  check(given).problems.map(({ message }) => message);

describe("checking images", () => {
  it("refuses a listed image that lands nowhere, and names the one that is probably meant", () => {
    const images = [{ name: "r/shop/api", tag: "1" }];
    assert.deepEqual(problemsOf({ images, used: ["r/shop/apo", "r/else"] }), [
      "environment dev: image r/shop/api of the image list is used by no rendered object (r/shop/apo is). Correct its name, or say required: false under images",
    ]);
    assert.deepEqual(problemsOf({ images, partial: true }), []);
    assert.deepEqual(
      problemsOf({ images, delivery: { images: [declared("r/shop/api", false)] } }),
      [],
    );
  });

  it("refuses an expected image that is not in the list, used or not", () => {
    const delivery = { images: [declared("r/a"), declared("r/b"), declared("r/c", false)] };
    assert.deepEqual(problemsOf({ delivery, used: ["r/a"] }), [
      "environment dev: image r/b of fluxgate.yaml is used by no rendered object (r/a is). Correct its name, or say required: false under images",
      "environment dev: image r/a has no tag: it is not in the image list",
    ]);
  });

  it("warns of images that may change without a commit", () => {
    const delivery = { images: [declared("r/a")] };
    const unpinned = new Set(["r/a", "other"]);
    const used = ["r/a", "other"];
    assert.deepEqual(check({ delivery, unpinned, used, images: undefined }), {
      problems: [],
      warnings: [
        "environment dev: image r/a has no tag: no image list was given",
        "environment dev: image other has no tag or the tag latest: what runs can change without a commit",
      ],
    });
  });
});
