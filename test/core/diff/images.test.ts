import assert from "node:assert/strict";
import { deployment, diffOf, object, riskLines } from "./manifests.ts";

const image = (text: string) => deployment({ image: text });
const changes = (before: object[], after: object[]) =>
  diffOf(before, after).images.map(({ objects, ...change }) => ({
    ...change,
    objects: objects.map(({ kind }) => kind),
  }));

describe("images in a diff", () => {
  it("are named once with old and new version, and with all objects that use them", () => {
    const job = (tag: string) =>
      object("batch/v1", "CronJob", {
        spec: {
          jobTemplate: {
            spec: { template: { spec: { containers: [{ name: "a", image: `r/api:${tag}` }] } } },
          },
        },
      });
    assert.deepEqual(changes([image("r/api:1"), job("1")], [image("r/api:2"), job("2")]), [
      { name: "r/api", from: "1", to: "2", objects: ["CronJob", "Deployment"] },
    ]);
  });

  it("are new with a new object or container, and gone with it", () => {
    assert.deepEqual(changes([], [image("r/api:1@sha256:abc")]), [
      { name: "r/api", to: "1@sha256:abc", objects: ["Deployment"] },
    ]);
    assert.deepEqual(changes([image("r/api:1")], []), [
      { name: "r/api", from: "1", objects: ["Deployment"] },
    ]);
  });

  it("from another repository say so", () => {
    assert.deepEqual(changes([image("old.io/api:1")], [image("new.io:5000/api:1")]), [
      {
        name: "new.io:5000/api",
        renamedFrom: "old.io/api",
        from: "1",
        to: "1",
        objects: ["Deployment"],
      },
    ]);
  });

  it("that go back, may move or lose their digest are risks", () => {
    assert.deepEqual(riskLines([image("r/api:v2.0.0")], [image("r/api:v1.9.9")]), [
      "medium image: image r/api goes back from v2.0.0 to v1.9.9",
    ]);
    assert.deepEqual(riskLines([image("r/api:2.0.0-rc.1")], [image("r/api:2.0.0")]), []);
    assert.deepEqual(riskLines([image("r/api:8f3a2b1")], [image("r/api:1a2b3c4")]), []);
    assert.match(riskLines([image("r/api:1.0.0")], [image("r/api")])[0] ?? "", /can move/);
    assert.match(riskLines([image("r/api:1@sha256:a")], [image("r/api:2")])[0] ?? "", /digest/);
  });
});
