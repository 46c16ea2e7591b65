import assert from "node:assert/strict";
import { commitOf, shortRevision } from "../../../core/flux/revision.ts";

const commit = "731f7eaddfb6af01cb2173e18f0f75b0ba780ef1";
const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

describe("the commit that a revision of Flux names", () => {
  for (const revision of [
    `main@sha1:${commit}`,
    `feature/a@b@sha1:${commit}`,
    `v1.0.0@sha1:${commit}`,
    `refs/pull/12/merge@sha1:${commit}`,
    `sha1:${commit}`,
    `main/${commit}`,
    `feature/x/${commit}`,
    `main@sha1:${commit.toUpperCase()}`,
    commit,
  ]) {
    it(`stands in ${revision}`, () => {
      assert.equal(commitOf(revision), commit);
      assert.equal(shortRevision(revision), "731f7ead");
    });
  }

  for (const revision of [
    `latest@sha256:${digest}`,
    `sha256:${digest}`,
    "1.2.3",
    "1.2.3+9f86d081884c",
    "main@sha1:731f7ea",
    `main@sha1:${digest}`,
    `main@md5:${commit}`,
    `mainsha1:${commit}`,
    `main${commit}`,
    `main/${commit}/x`,
    `main@sha1:${commit}x`,
    "",
  ]) {
    it(`does not stand in "${revision}"`, () => {
      assert.equal(commitOf(revision), undefined);
      assert.equal(shortRevision(revision), revision);
    });
  }

  it("is none where there is no revision", () => {
    assert.equal(commitOf(undefined), undefined);
    assert.equal(shortRevision(undefined), "nothing");
  });
});
