import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createRunNews } from "../../connector/reconcilers/run-news.ts";
import type { Ref } from "../../core/azure-devops/types.ts";

const [a, b, c, run] = ["a", "b", "c", "d"].map((digit) => digit.repeat(40)) as [
  ...[string, string, string, string],
];
const branch: Ref = { name: "refs/heads/fluxgate/shop/dev/7", objectId: run };

/** A repository whose head is told by the test, and how often pull requests were asked for. */
function news() {
  let calls = 0;
  const ado = connectAzureDevOps({
    ...{ organisationUrl: "https://dev.azure.com/fabrikam", token: () => Promise.resolve("x") },
    fetch: () => {
      calls += 1;
      return Promise.resolve(Response.json({ value: [] }));
    },
  });
  let head: string | undefined = a;
  const merges = new Map<string, string>();
  const repository = {
    ...{ id: "r", ref: { project: "shop", repository: "manifests" } },
    knownHead: () => head,
    beforeMerge: (commit: string) => merges.get(commit),
  } as unknown as ManifestsRepository;
  const { read, done, sawBranches, lost } = createRunNews(ado);
  const look = async () => {
    const before = calls;
    await read(repository);
    done(repository);
    return calls > before;
  };
  const saw = (refs: readonly Ref[], held: readonly string[] = []) =>
    sawBranches(repository, refs, (commit) => held.includes(commit));
  return {
    ...{ look, saw, merges, lost: (refs: readonly Ref[]) => lost(repository, refs) },
    move: (commit: string | undefined) => (head = commit),
  };
}

describe("what may be news of runs", () => {
  it("is read after a start, and not again while nothing changes", async () => {
    const { look } = news();
    assert.equal(await look(), true);
    assert.equal(await look(), false);
  });

  it("is a branch that no wait is held for, once", async () => {
    const { look, saw } = news();
    await look();
    saw([branch], [run]);
    assert.equal(await look(), false);
    saw([branch]);
    assert.equal(await look(), true);
    assert.equal(await look(), false);
    saw([{ ...branch, objectId: b }]);
    assert.equal(await look(), true);
  });

  it("is another head, but not one that merges which were seen have made", async () => {
    const { look, move, merges } = news();
    await look();
    merges.set(b, a).set(c, b);
    move(c);
    assert.equal(await look(), false);
    move(run);
    assert.equal(await look(), true);
  });

  it("is the first head of a branch that was not there, and each after it", async () => {
    const { look, move } = news();
    move(undefined);
    await look();
    move(b);
    assert.equal(await look(), true);
    move(c);
    assert.equal(await look(), true);
    assert.equal(await look(), false);
  });

  it("is a merge onto what somebody else has pushed", async () => {
    const { look, move, merges } = news();
    await look();
    merges.set(c, b);
    move(c);
    assert.equal(await look(), true);
  });

  it("tells that a branch is gone, which may have moved the head", () => {
    const { saw, lost } = news();
    assert.deepEqual(lost([branch]), []);
    saw([branch]);
    assert.deepEqual(lost([branch, { ...branch, name: `${branch.name}-2` }]), []);
    assert.deepEqual(lost([]), [branch.name]);
  });
});
