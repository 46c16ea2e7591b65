import assert from "node:assert/strict";
import {
  commitChanges,
  getCommit,
  askWhetherAncestor,
  listCommits,
  readMergeBase,
} from "../../../clients/azure-devops/commits.ts";
import { readChangedPaths } from "../../../clients/azure-devops/diffs.ts";
import { type AzureDevOps, call } from "../../../clients/azure-devops/connection.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { merge } from "../../../sandbox/azure-devops/git/merge.ts";
import { writeCommit } from "../../../sandbox/azure-devops/git/objects.ts";
import { runGit } from "../../../sandbox/azure-devops/git/run-git.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };
const author = { name: "Dana", email: "dana@fabrikam.com", date: new Date(1e12) };

describe("commits", () => {
  let sandbox: Sandbox;
  let ado: AzureDevOps;
  let directory: string;
  let [root, side, merged] = ["", "", ""];

  async function commit(parent: string, edits: Readonly<Record<string, string | undefined>>) {
    return writeCommit(directory, {
      parent,
      edits: Object.entries(edits).map(([path, text]) => ({
        path,
        content: text === undefined ? undefined : Buffer.from(text),
      })),
      message: "Change\n\nIn detail",
      author,
    });
  }

  // root ── (main) a ── merged, with side merged in.
  before(async () => {
    sandbox = await sandboxWith([
      { name: "manifests", files: { "dev/a.yaml": "1", "dev/b.yaml": "1" } },
    ]);
    directory = sandbox.organisation().projects[0]?.repositories[0]?.directory ?? "";
    ado = clientOf(sandbox, "reader");
    root = (await listRefs(ado, { repo, filter: "heads/main" }))[0]?.objectId ?? "";
    side = await commit(root, { "dev/a.yaml": "2", "dev/b.yaml": undefined, "dev/c d.yaml": "1" });
    const main = await commit(root, { "prod/x.yaml": "1" });
    const options = { source: side, target: main, strategy: "noFastForward" } as const;
    merged = (await merge(directory, { ...options, message: "Merged PR 1", author })) ?? "";
    await runGit(directory, ["update-ref", "refs/heads/main", merged]);
  });
  after(() => sandbox.close());

  it("are read whole, with their parents; unknown ones are absent", async () => {
    const found = await getCommit(ado, { repo, commit: side });
    assert.deepEqual(found?.parents, [root]);
    assert.match(found.comment, /In detail/);
    assert.equal(await getCommit(ado, { repo, commit: "1".repeat(40) }), undefined);
  });

  it("are listed by branch, by folder and along the first parent", async () => {
    const ids = async (options: Parameters<typeof listCommits>[1]) =>
      (await listCommits(ado, options)).map(({ commitId }) => commitId);
    assert.equal((await ids({ repo, branch: "main" })).length, 4);
    assert.ok(!(await ids({ repo, branch: "main", firstParent: true })).includes(side));
    assert.deepEqual(await ids({ repo, commit: merged, path: "prod", top: 1 }), [
      (await getCommit(ado, { repo, commit: merged }))?.parents?.[0],
    ]);
  });

  it("contain what came before them", async () => {
    const contains = (descendant: string, ancestor: string) =>
      askWhetherAncestor(ado, { repo, ancestor, descendant });
    assert.equal(await contains(merged, side), true);
    assert.equal(await contains(side, side), true);
    assert.equal(await contains(side, merged), false);
    assert.equal(await readMergeBase(ado, { repo, a: side, b: merged }), side);
    // Not "no": an unknown commit may be one that is not seen yet.
    await assert.rejects(readMergeBase(ado, { repo, a: side, b: "1".repeat(40) }), { status: 404 });
  });

  it("changed files, each with its blobs, folders left out", async () => {
    const expected = [
      ["dev/a.yaml", "edit"],
      ["dev/b.yaml", "delete"],
      ["dev/c d.yaml", "add"],
    ];
    const shown = (changes: Awaited<ReturnType<typeof commitChanges>>) =>
      changes.map(({ path, changeType }) => [path, changeType]).sort();
    assert.deepEqual(shown(await commitChanges(ado, { repo, commit: side })), expected);
    assert.deepEqual(
      shown(await readChangedPaths(ado, { repo, base: root, target: side })),
      expected,
    );
  });

  it("are refused in a project that is not there", async () => {
    await assert.rejects(call(ado, { project: "absent", path: ["git", "repositories"] }));
  });
});
