import assert from "node:assert/strict";
import { notAsRendered } from "../../hub/view/context/not-as-rendered.ts";

const image = (name: string, to: string | undefined) => ({
  ...{ name, to, from: "1", renamedFrom: undefined, usedBy: [] },
});
const recorded = { api: "1.5.0", web: "2.0@sha256:aa", job: "@sha256:bb" };

describe("what is not as a render recorded it", () => {
  it("is not known before the files were looked at", () => {
    assert.equal(notAsRendered({ edited: undefined, images: [], recorded }), undefined);
  });

  it("is nothing where files and versions are the recorded ones, as far as they can be compared", () => {
    const images = [
      ...[image("api", "1.5.0"), image("api", "1.5.0@sha256:cc"), image("web", "2.0")],
      ...[image("job", "3.0"), image("other", "9"), image("api", undefined)],
    ];
    assert.deepEqual(notAsRendered({ edited: [], images, recorded }), []);
  });

  it("is each file, and each image of another tag or digest", () => {
    const images = [
      image("api", "1.5.2"),
      image("web", "2.0@sha256:ab"),
      image("job", "@sha256:bb"),
    ];
    assert.deepEqual(notAsRendered({ edited: ["a.yaml", "b.yaml"], images, recorded }), [
      "2 files here are not as rendered",
      "other versions than the recorded ones stand here (api, web)",
    ]);
  });
});
