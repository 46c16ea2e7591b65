import assert from "node:assert/strict";
import { postStatus, listStatuses } from "../../../clients/azure-devops/statuses.ts";
import {
  createPullRequest,
  getPullRequest,
  updatePullRequest,
} from "../../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import { listTree, readFile } from "../../../clients/azure-devops/items.ts";
import { readChangedPaths } from "../../../clients/azure-devops/diffs.ts";
import {
  getCommit,
  askWhetherAncestor,
  listCommits,
} from "../../../clients/azure-devops/commits.ts";
import type { HttpError } from "../../../core/errors.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { writeCommit } from "../../../sandbox/azure-devops/git/objects.ts";
import { runGit } from "../../../sandbox/azure-devops/git/run-git.ts";
import { eventually } from "../../support/eventually.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };

describe("a pull request's life", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "dev/app.yaml": "a: 1\n" } }]);
  });
  after(() => sandbox.close());

  async function branch(name: string, text: string): Promise<string> {
    const { directory } = sandbox.organisation().projects[0]!.repositories[0]!;
    const commit = await writeCommit(directory, {
      parent: "refs/heads/main",
      edits: [{ path: "dev/app.yaml", content: Buffer.from(text) }],
      message: `Set ${text}`,
      author: { name: "Dana", email: "dana@fabrikam.com", date: new Date(1e12) },
    });
    await runGit(directory, ["update-ref", `refs/heads/${name}`, commit]);
    return commit;
  }
  async function open(name: string) {
    const ado = clientOf(sandbox, "build");
    const { pullRequestId: id } = await createPullRequest(ado, {
      repo,
      sourceRef: `refs/heads/${name}`,
      targetRef: "refs/heads/main",
      title: name,
      description: "",
    });
    return eventually("the merge preview", async () => {
      const seen = await getPullRequest(ado, { repo, id });
      return seen?.mergeStatus === "queued" ? undefined : seen;
    });
  }

  for (const mergeStrategy of ["noFastForward", "squash", "rebase", "rebaseMerge"] as const) {
    it(`completes by ${mergeStrategy} and deletes the branch`, async () => {
      const ado = clientOf(sandbox, "approver");
      const head = await branch(`run-${mergeStrategy}`, `a: ${mergeStrategy}\n`);
      const { pullRequestId: id, mergeStatus } = await open(`run-${mergeStrategy}`);
      assert.equal(mergeStatus, "succeeded");
      await updatePullRequest(ado, {
        repo,
        id,
        change: {
          status: "completed",
          lastMergeSourceCommit: { commitId: head },
          completionOptions: { mergeStrategy, deleteSourceBranch: true },
        },
      });
      const done = await eventually("the completion", async () => {
        const seen = await getPullRequest(ado, { repo, id });
        return seen?.status === "completed" ? seen : undefined;
      });
      const merged = done.lastMergeCommit?.commitId ?? "";
      const [main] = await listRefs(ado, { repo, filter: "heads/main" });
      assert.equal(main?.objectId, merged);
      assert.equal(
        await readFile(ado, { repo, commit: merged, path: "dev/app.yaml" }),
        `a: ${mergeStrategy}\n`,
      );
      const contained = await askWhetherAncestor(ado, { repo, ancestor: head, descendant: merged });
      // The branch is up to date, so a rebase leaves its commit as it is; a squash never does.
      assert.equal(contained, mergeStrategy !== "squash");
      await eventually("the branch's end", async () => {
        const refs = await listRefs(ado, { repo, filter: `heads/run-${mergeStrategy}` });
        return refs.length === 0 ? true : undefined;
      });
    });
  }

  it("reports conflicts", async () => {
    await branch("one", "a: one\n");
    await branch("two", "a: two\n");
    const first = await open("one");
    const second = await open("two");
    const ado = clientOf(sandbox, "approver");
    const complete = async (pullRequest: typeof first) =>
      updatePullRequest(ado, {
        repo,
        id: pullRequest.pullRequestId,
        change: {
          status: "completed",
          lastMergeSourceCommit: pullRequest.lastMergeSourceCommit ?? { commitId: "" },
        },
      });
    await complete(first);
    await eventually("the first merge", async () => {
      const seen = await getPullRequest(ado, { repo, id: first.pullRequestId });
      return seen?.status === "completed" ? true : undefined;
    });
    await complete(second);
    const stuck = await eventually("the conflict", async () => {
      const seen = await getPullRequest(ado, { repo, id: second.pullRequestId });
      return seen?.mergeStatus === "conflicts" ? seen : undefined;
    });
    assert.equal(stuck.status, "active");
  });

  it("keeps statuses with the author that the service knows", async () => {
    const head = await branch("status", "a: 2\n");
    const context = { genre: "fluxgate", name: "wait/shop/dev" };
    await postStatus(clientOf(sandbox, "build"), {
      repo,
      commit: head,
      status: { state: "pending", context, targetUrl: "http://x/", description: "waits" },
    });
    const [status] = await listStatuses(clientOf(sandbox, "connector"), { repo, commit: head });
    assert.match(status?.createdBy?.descriptor ?? "", /^svc\./);
    const decoded = Buffer.from((status?.createdBy?.descriptor ?? "").slice(4), "base64url");
    assert.match(decoded.toString(), /^[0-9a-f-]{36}:Build:[0-9a-f-]{36}$/);
    const [ref] = await listRefs(clientOf(sandbox, "connector"), {
      repo,
      filter: "heads/status",
      includeStatuses: true,
    });
    assert.equal(ref?.statuses?.[0]?.context.name, "wait/shop/dev");
  });

  it("answers trees, diffs and history", async () => {
    const ado = clientOf(sandbox, "connector");
    const head = await branch("read", "a: 3\n");
    const parent = (await getCommit(ado, { repo, commit: head }))?.parents?.[0] ?? "";
    assert.deepEqual(
      (await listTree(ado, { repo, commit: head, path: "dev", recursive: true })).map(
        ({ path }) => path,
      ),
      ["dev/app.yaml"],
    );
    const changes = await readChangedPaths(ado, { repo, base: parent, target: head });
    assert.deepEqual(
      changes.map(({ path, changeType }) => [path, changeType]),
      [["dev/app.yaml", "edit"]],
    );
    const history = await listCommits(ado, { repo, commit: head, path: "dev", top: 1 });
    assert.equal(history[0]?.commitId, head);
  });

  it("refuses in the service's own form", async () => {
    const stranger = { project: "shop", repository: "nowhere" };
    await assert.rejects(
      listRefs(clientOf(sandbox, "reader"), { repo: stranger, filter: "heads/" }),
      (error: HttpError) =>
        error.code === "GitRepositoryNotFoundException" && /TF401019/.test(error.message),
    );
    assert.deepEqual(sandbox.unhandled(), []);
  });
});
