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

  it("takes values that come or go, and never those of Secrets", () => {
    assert.deepEqual(found("thorough"), ["cache"]);
    assert.deepEqual(found("low"), ["cache", "queue"]);
    assert.deepEqual(found("stringData.pin"), ["key"]);
    assert.deepEqual(found("opensesame"), []);
  });
});
