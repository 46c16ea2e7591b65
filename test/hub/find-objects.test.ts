import assert from "node:assert/strict";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { objectFinder } from "../../hub/view/find-objects.ts";

const config = (name: string, level: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {level: ${level}}\n`;
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: shop}\nstringData: {pin: ${value}}\n`;
const { objects } = compareTrees(
  [
    { path: "prod/a.yaml", text: config("cache", "low") },
    { path: "prod/s.yaml", text: secret("opensesame") },
  ],
  [
    { path: "prod/a.yaml", text: config("cache", "Thorough") },
    { path: "prod/b.yaml", text: config("queue", "low") },
    { path: "prod/s.yaml", text: secret("openbarley") },
  ],
);
const find = objectFinder(objects);
const found = (text: string) => find(text).map((index) => objects[index]?.identity.name);

describe("the filter of objects", () => {
  it("keeps all without a text", () => {
    assert.deepEqual(found("  "), ["cache", "queue", "key"]);
  });

  it("takes every word in name, kind, file, change or field, in any case", () => {
    assert.deepEqual(found("configmap QUEUE"), ["queue"]);
    assert.deepEqual(found("data.level"), ["cache"]);
    assert.deepEqual(found("added"), ["queue"]);
    assert.deepEqual(found("b.yaml cache"), []);
  });

  it("takes what a change is called: that it restarts pods", () => {
    const deployment = (image: string) => [
      {
        path: "d.yaml",
        text: `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {template: {spec: {containers: [{name: api, image: "${image}"}]}}}\n`,
      },
    ];
    const changed = compareTrees(deployment("api:1"), deployment("api:2")).objects;
    for (const word of ["restarts", "pods restart"]) {
      assert.deepEqual(objectFinder(changed)(word), [0], word);
    }
    assert.deepEqual(found("restarts"), []);
  });

  it("takes what applies them, as it stands in their rows", () => {
    const base = (level: string) => [
      { path: "base/a.yaml", text: config("cache", level) },
      { path: "base/kustomization.yaml", text: "resources: [a.yaml]\n" },
      { path: "prod/east/kustomization.yaml", text: "resources: [../../base]\n" },
      { path: "prod/west/kustomization.yaml", text: "resources: [../../base]\n" },
    ];
    const both = compareTrees(base("low"), base("high")).objects;
    const roots = (text: string) => objectFinder(both)(text).map((index) => both[index]?.root);
    assert.deepEqual(roots("prod/west cache"), ["prod/west"]);
    assert.deepEqual(roots("in prod/east"), ["prod/east"]);
    assert.deepEqual(roots("base"), ["prod/east", "prod/west"]);
    assert.deepEqual(roots("prod/north"), []);
  });

  it("takes values that come or go, and never those of Secrets", () => {
    assert.deepEqual(found("thorough"), ["cache"]);
    assert.deepEqual(found("low"), ["cache", "queue"]);
    assert.deepEqual(found("stringData.pin"), ["key"]);
    assert.deepEqual(found("opensesame"), []);
  });
});
