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

  it("are as before where an object goes and another one with the same image comes", () => {
    const other = { ...image("r/api:1"), metadata: { name: "api-2", namespace: "shop" } };
    assert.deepEqual(changes([image("r/api:1")], [other]), []);
    const swapped = { ...image("r/api:2"), metadata: { name: "b", namespace: "shop" } };
    const was = { ...image("r/api:1"), metadata: { name: "b", namespace: "shop" } };
    assert.equal(changes([image("r/api:2"), was], [image("r/api:1"), swapped]).length, 2);
  });

  const inPod = (spec: object) =>
    object("apps/v1", "Deployment", {
      spec: { template: { spec: { containers: [{ name: "a", image: "r/a:1" }], ...spec } } },
    });
  for (const [what, spec, own] of [
    ["the first init container", { initContainers: [{ name: "i", image: "r/i:2" }] }, {}],
    [
      "one more init container",
      {
        initContainers: [
          { name: "i", image: "r/i:2" },
          { name: "j", image: "r/j:2" },
        ],
      },
      { initContainers: [{ name: "j", image: "r/j:2" }] },
    ],
    [
      "the first container to look in",
      { ephemeralContainers: [{ name: "i", image: "r/i:2" }] },
      {},
    ],
    ["a volume of an image", { volumes: [{ name: "v", image: { reference: "r/i:2" } }] }, {}],
  ] as const) {
    it(`are new with ${what} of an object that stays, and gone with it`, () => {
      const [without, with_] = [inPod(own), inPod(spec)];
      const objects = ["Deployment"];
      assert.deepEqual(changes([without], [with_]), [{ name: "r/i", to: "2", objects }]);
      assert.deepEqual(changes([with_], [without]), [{ name: "r/i", from: "2", objects }]);
    });
  }

  it("are new with the whole template, and other versions in a volume of an image", () => {
    const job = (spec: object) => object("batch/v1", "Job", { spec });
    const template = { spec: { containers: [{ name: "a", image: "r/a:1" }] } };
    assert.deepEqual(changes([job({})], [job({ template })]), [
      { name: "r/a", to: "1", objects: ["Job"] },
    ]);
    const volume = (tag: string) =>
      inPod({ volumes: [{ name: "v", image: { reference: `r/v:${tag}` } }] });
    assert.deepEqual(changes([volume("1")], [volume("2")]), [
      { name: "r/v", from: "1", to: "2", objects: ["Deployment"] },
    ]);
  });

  it("of the first init container that may move are a risk", () => {
    const latest = inPod({ initContainers: [{ name: "i", image: "r/i:latest" }] });
    assert.deepEqual(riskLines([inPod({})], [latest]), [
      "medium image: image r/i has the tag latest, which can move to other content",
    ]);
  });

  it("are none where there is no name, or no text", () => {
    for (const odd of ["", 1, null, { a: "b" }]) {
      assert.deepEqual(changes([deployment({ image: "r/a:1" })], [deployment({ image: odd })]), [
        { name: "r/a", from: "1", objects: ["Deployment"] },
      ]);
    }
  });

  it("are told in the order of their names", () => {
    const all = (...names: string[]) =>
      names.map((name) =>
        object("v1", "Pod", {
          metadata: { name },
          spec: { containers: [{ name, image: `r/${name}:1` }] },
        }),
      );
    assert.deepEqual(
      changes([], all("c", "a", "b")).map(({ name }) => name),
      ["r/a", "r/b", "r/c"],
    );
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
