import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { headReader } from "../../connector/head-reader.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createTargetReader } from "../../connector/reconcilers/target-reader.ts";
import type { Connector } from "../../connector/connector.ts";
import { open } from "./an-open-wait.ts";

const [a, b, c] = ["a", "b", "c"].map((digit) => digit.repeat(40)) as [string, string, string];

/** A wait for pull request !7, and how often it was read; `merge` merges it onto a head. */
async function waiting() {
  let reads = 0;
  const seven = { pullRequestId: 7, targetRefName: "refs/heads/main" };
  let pullRequest: object = { ...seven, status: "active" };
  const ado = connectAzureDevOps({
    ...{ organisationUrl: "https://dev.azure.com/fabrikam", token: () => Promise.resolve("x") },
    fetch: (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      if (!pathname.endsWith("/pullrequests/7")) {
        return Promise.resolve(
          Response.json({ value: [{ name: "refs/heads/main", objectId: a }] }),
        );
      }
      reads += 1;
      return Promise.resolve(Response.json(pullRequest));
    },
  });
  const repo = { project: "shop", repository: "manifests" };
  const heads = headReader(ado, { repo, branch: "main" });
  await heads.read(0);
  const repository = {
    ...{ id: "r", ref: repo, config: { branch: "main" } },
    knownHead: heads.known,
    beforeMerge: heads.beforeMerge,
    hasArrived: heads.hasArrived,
    sawMerge: heads.sawMerge,
  } as unknown as ManifestsRepository;
  const config = { timings: { look: 5_000, letters: 15_000 } };
  const target = createTargetReader(
    { ado, config } as unknown as Pick<Connector, "ado" | "config">,
    { ...open, repository, pullRequest: 7 },
  );
  await target.read();
  const merge = (onto: string, into: string, branch = "main") => {
    pullRequest = {
      ...{ ...seven, status: "completed", targetRefName: `refs/heads/${branch}` },
      lastMergeCommit: { commitId: into },
      lastMergeTargetCommit: { commitId: onto },
    };
  };
  return { target, heads, merge, reads: () => reads };
}

describe("the pull request of a wait", () => {
  it("is not read again while the branch stays, nor because others' merges moved it", async () => {
    const { target, heads, reads } = await waiting();
    await target.read();
    assert.equal(reads(), 1);
    heads.sawMerge({ from: a, to: b });
    heads.sawMerge({ from: b, to: c });
    await target.read();
    assert.equal(reads(), 1);
  });

  it("is read when it may have been merged, once, and tells the head then", async () => {
    const { target, heads, merge, reads } = await waiting();
    merge(a, b);
    await Promise.all([target.readNow(), target.readNow()]);
    assert.equal(reads(), 2);
    assert.equal(target.isKnown(), true);
    assert.equal(heads.known(), b);
    await target.readNow();
    assert.equal(reads(), 2);
  });

  it("is read where its branch went, and says so while it is open", async () => {
    const { target } = await waiting();
    const isBranchless = async () => {
      const read = await target.read();
      return read.kind === "pull-request" && read.branchless === true;
    };
    target.sawBranches(new Map([["refs/heads/fluxgate/shop/dev/7", a]]));
    assert.equal(await isBranchless(), false);
    assert.equal(target.sawBranches(new Map()), true);
    assert.equal(await isBranchless(), true);
  });

  it("tells that its branch went because of the merge, where the head is known by it", async () => {
    const { target, merge } = await waiting();
    const branch = "refs/heads/fluxgate/shop/dev/7";
    assert.equal(target.sawMergeOf(branch), false);
    merge(a, b);
    await target.readNow();
    assert.equal(target.sawMergeOf(branch), true);
    assert.equal(target.sawMergeOf("refs/heads/fluxgate/shop/dev/70"), false);
  });

  for (const [where, onto, branch] of [
    ["the branch had moved on before", c, "main"],
    ["somebody has it go to another branch", a, "next"],
  ] as const) {
    it(`tells nothing of the head where ${where}`, async () => {
      const { target, heads, merge } = await waiting();
      merge(onto, b, branch);
      await target.readNow();
      assert.equal(heads.known(), a);
      assert.equal(target.sawMergeOf("refs/heads/fluxgate/shop/dev/7"), false);
    });
  }
});
