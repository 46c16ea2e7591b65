import assert from "node:assert/strict";
import { analyse } from "../../hub/data/analyse.ts";
import { changesView } from "../../hub/view/changes-view.ts";
import { filterObjects } from "../../hub/view/filter-objects.ts";

const config = (name: string, level: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: shop}\ndata: {level: ${level}}\n`;
const { objects } = changesView(
  analyse({
    before: [{ path: "prod/a.yaml", text: config("cache", "low") }],
    after: [
      { path: "prod/a.yaml", text: config("cache", "high") },
      { path: "prod/b.yaml", text: config("queue", "low") },
    ],
  }),
);
const found = (text: string) => filterObjects(objects, text).map(({ name }) => name);

describe("the filter of objects", () => {
  it("keeps all without a text", () => {
    assert.deepEqual(found("  "), ["shop/cache", "shop/queue"]);
  });

  it("takes every word in name, kind, file, change or field, in any case", () => {
    assert.deepEqual(found("configmap QUEUE"), ["shop/queue"]);
    assert.deepEqual(found("data.level"), ["shop/cache"]);
    assert.deepEqual(found("added"), ["shop/queue"]);
    assert.deepEqual(found("b.yaml cache"), []);
  });
});
