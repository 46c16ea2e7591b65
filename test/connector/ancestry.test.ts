import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { createAncestry } from "../../connector/ancestry.ts";

const [x, head] = ["a".repeat(40), "b".repeat(40)];
const repo = { project: "shop", repository: "manifests" };

/** A service that answers the two questions as it is told, one answer after another. */
function asked(answers: Readonly<Record<"mergebases" | "diffs", readonly unknown[]>>) {
  const left = { mergebases: [...answers.mergebases], diffs: [...answers.diffs] };
  const calls: string[] = [];
  const ado = connectAzureDevOps({
    organisationUrl: "https://dev.azure.com/fabrikam",
    token: () => Promise.resolve("x"),
    attempts: 1,
    fetch: (input) => {
      const kind = /\/mergebases/.test(new Request(input).url) ? "mergebases" : "diffs";
      calls.push(kind);
      const answer = left[kind].shift();
      const status = typeof answer === "number" ? answer : 200;
      return Promise.resolve(Response.json(status === 200 ? answer : {}, { status }));
    },
  });
  return { ...createAncestry(ado, repo), calls };
}

const bases = (...ids: readonly string[]) => ({ value: ids.map((commitId) => ({ commitId })) });
const other = "c".repeat(40);

describe("whether a commit contains another", () => {
  it("is asked once where it does", async () => {
    const { contains, calls } = asked({ mergebases: [bases(x)], diffs: [] });
    assert.equal(await contains(x, head), "yes");
    assert.equal(await contains(x, head), "yes");
    assert.deepEqual(calls, ["mergebases"]);
  });

  it("is known from a history, and no run ends by that alone", async () => {
    const { contains, surelyContains, learn, calls } = asked({
      ...{ mergebases: [], diffs: [{ commonCommit: head, changes: [] }] },
    });
    learn([head, x]);
    assert.equal(await contains(x, head), "yes");
    assert.equal(await contains(head, x), "no");
    assert.deepEqual(calls, []);
    assert.equal(await surelyContains(head, x), "unknown");
    assert.deepEqual(calls, ["diffs"]);
  });

  it("is known both ways from a difference that is read anyway, where one holds the other", async () => {
    for (const [a, b] of [
      [x, head],
      [head, x],
    ] as const) {
      const { contains, surelyContains, learn, learnCommon, calls } = asked({
        ...{ mergebases: [], diffs: [] },
      });
      learn([head, x]);
      learnCommon(a, b, x);
      assert.equal(await contains(x, head), "yes");
      assert.equal(await surelyContains(head, x), "no");
      assert.deepEqual(calls, []);
    }
  });

  it("is not known from a difference of two that parted", async () => {
    const { contains, learnCommon, calls } = asked({ mergebases: [bases(other)], diffs: [] });
    learnCommon(x, head, other);
    assert.equal(await contains(x, head), "no");
    assert.deepEqual(calls, ["mergebases"]);
  });

  it("is not known after a 404, a 400, or another document; never no", async () => {
    for (const odd of [404, 400, 500, {}, { value: null }]) {
      const { contains, surelyContains } = asked({ mergebases: [odd], diffs: [] });
      assert.equal(await contains(x, head), "unknown");
      assert.equal(await surelyContains(x, head), "unknown");
    }
  });

  it("is surely no only when two different calls say so", async () => {
    const { surelyContains, calls } = asked({
      mergebases: [bases(other)],
      diffs: [{ changes: [], commonCommit: other }],
    });
    assert.equal(await surelyContains(x, head), "no");
    assert.equal(await surelyContains(x, head), "no");
    assert.deepEqual(calls, ["mergebases", "diffs"]);
  });

  it("is not known where the two contradict each other", async () => {
    const { surelyContains } = asked({
      mergebases: [bases()],
      diffs: [{ changes: [], commonCommit: x }],
    });
    assert.equal(await surelyContains(x, head), "unknown");
  });
});
