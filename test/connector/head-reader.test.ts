import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { headReader } from "../../connector/head-reader.ts";

/** A branch that has these heads, one after another; undefined: no answer. */
function branch(...heads: readonly (string | undefined)[]) {
  let calls = 0;
  const ado = connectAzureDevOps({
    ...{ organisationUrl: "https://dev.azure.com/fabrikam", token: () => Promise.resolve("x") },
    attempts: 1,
    fetch: () => {
      const objectId = heads[Math.min(calls, heads.length - 1)];
      calls += 1;
      if (objectId === undefined) return Promise.reject(new Error("no answer"));
      return Promise.resolve(Response.json({ value: [{ name: "refs/heads/main", objectId }] }));
    },
  });
  const repo = { project: "shop", repository: "manifests" };
  return { ...headReader(ado, { repo, branch: "main" }), calls: () => calls };
}

describe("the head of a branch", () => {
  it("is asked for once at one moment", async () => {
    const { read, calls } = branch("a");
    assert.deepEqual(await Promise.all([read(0), read(0)]), ["a", "a"]);
    assert.equal(await read(60_000), "a");
    assert.equal(calls(), 1);
  });

  it("has arrived where another was there before, and only the first time", async () => {
    const { read, hasArrived } = branch("a", "b", "a");
    await read(0);
    assert.equal(hasArrived("a"), false);
    await read(0);
    assert.equal(hasArrived("b"), true);
    await read(0);
    assert.equal(hasArrived("a"), false);
  });

  it("is presumed by a merge that was seen, until it is asked for", async () => {
    const { read, presume, sawMerge, hasArrived, known, calls } = branch("a", "c");
    await read(0);
    sawMerge({ from: "a", to: "b" });
    assert.equal(await presume(60_000), "b");
    assert.equal(known(), "b");
    assert.equal(hasArrived("b"), true);
    assert.equal(calls(), 1);
    assert.equal(await read(0), "c");
    assert.equal(await presume(60_000), "c");
    assert.equal(calls(), 2);
  });

  it("is presumed by no merge onto another head than the known one", async () => {
    const { read, presume, sawMerge, beforeMerge } = branch("a");
    await read(0);
    sawMerge({ from: "x", to: "b" });
    assert.equal(await presume(60_000), "a");
    assert.equal(beforeMerge("b"), "x");
  });

  it("is asked for where what was presumed is doubted", async () => {
    const { read, presume, sawMerge, doubt, calls } = branch("a", "b");
    await read(0);
    sawMerge({ from: "a", to: "b" });
    doubt();
    assert.equal(await presume(60_000), "b");
    assert.equal(calls(), 2);
    await presume(60_000);
    assert.equal(calls(), 2);
  });

  it("is asked for where it was read before a merge that was seen, however short ago", async () => {
    const { read, sawMerge, calls } = branch("a", "b");
    await read(0);
    sawMerge({ from: "a", to: "b" });
    // What ends by it would take the merge for gone.
    assert.equal(await read(60_000), "b");
    assert.equal(await read(60_000), "b");
    assert.equal(calls(), 2);
  });

  it("stays presumed where it was asked for before the merge was seen", async () => {
    const { read, presume, sawMerge, known } = branch("a", "a", "b");
    await read(0);
    const asked = read(0);
    sawMerge({ from: "a", to: "b" });
    // Nor does whoever asks now take that answer.
    const [before, after] = await Promise.all([asked, read(0)]);
    assert.deepEqual([before, after], ["a", "b"]);
    assert.equal(known(), "b");
    assert.equal(await presume(60_000), "b");
    assert.equal(await read(60_000), "b");
  });

  it("is news by what Flux fetched, until it was read once after that", async () => {
    const { read, isNews } = branch("a", undefined, "b");
    await read(0);
    assert.equal(isNews("a"), false);
    assert.equal(isNews("behind"), true);
    await assert.rejects(read(0));
    assert.equal(isNews("behind"), true);
    await read(0);
    assert.equal(isNews("behind"), false);
  });
});
