import assert from "node:assert/strict";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import { createNews } from "../../connector/news.ts";
import { aKustomization } from "./a-cluster.ts";

function applied(name: string, revision: string) {
  const { metadata, ...rest } = aKustomization({ path: "./dev", revision }) as {
    readonly metadata: object;
  };
  return parseFluxObject({ ...rest, metadata: { ...metadata, name } }) ?? assert.fail();
}

describe("what is news of a cluster", () => {
  it("is another revision, and not the same once more", () => {
    const { isNews } = createNews();
    assert.equal(isNews(applied("a", "main@sha1:1")), true);
    assert.equal(isNews(applied("a", "main@sha1:1")), false);
    assert.equal(isNews(applied("a", "main@sha1:2")), true);
  });

  it("is remembered of the objects alone that are there", () => {
    const { isNews, keep, size } = createNews();
    const all = ["a", "b", "c"].map((name) => applied(name, "main@sha1:1"));
    for (const one of all) isNews(one);
    assert.equal(size(), 3);
    keep(all.slice(0, 1));
    assert.equal(size(), 1);
    assert.deepEqual(all.map(isNews), [false, true, true]);
  });
});
