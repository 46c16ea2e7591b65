import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import {
  ask,
  makeRepository,
  openPullRequest,
  openTarget,
  push,
  settled,
  tipOf,
  type List,
  type PullRequest,
  type Target,
} from "../support/target.ts";

describe("pull requests", () => {
  let target: Target;
  let repository: Awaited<ReturnType<typeof makeRepository>>;
  before(async () => {
    target = await openTarget();
    repository = await makeRepository(target);
  });
  after(async () => {
    await repository.remove();
    assert.deepEqual(target.sandbox?.unhandled() ?? [], []);
    await target.close();
  });

  let serial = 0;
  /** A branch with one change of its own, and its open pull request. */
  async function opened(files: Readonly<Record<string, string>> = {}) {
    const branch = `change-${(serial += 1)}`;
    const from = await tipOf(target, repository.path, "main");
    const commit = await push(target, repository.path, {
      branch,
      from,
      files: Object.keys(files).length > 0 ? files : { [`/${branch}.txt`]: branch },
    });
    const pullRequest = await openPullRequest(target, repository.path, branch);
    const url = `${repository.path}/pullrequests/${pullRequest.pullRequestId}`;
    return { branch, commit, pullRequest, url };
  }
  const patch = (url: string, body: unknown) =>
    ask<PullRequest & { typeKey: string; message: string }>(target, url, { method: "PATCH", body });
  const list = async <T>(url: string) => (await ask<List<T>>(target, url)).json.value;

  it("are merged for show, under a ref of their own", async () => {
    const { pullRequest } = await opened();
    assert.equal(pullRequest.mergeStatus, "succeeded");
    const merge = await list<{ objectId: string }>(
      `${repository.path}/refs?filter=pull/${pullRequest.pullRequestId}/merge`,
    );
    assert.equal(merge[0]?.objectId, pullRequest.lastMergeCommit?.commitId);
    assert.match(pullRequest.lastMergeCommit?.comment ?? "", /^Merge pull request \d+ from change/);
  });

  it("have their merge worked out anew for where the target is now, when that is asked for", async () => {
    const { url } = await opened();
    // The service may do it by itself; here it is kept from that.
    const merges = target.sandbox?.organisation().faults.merges;
    if (merges !== undefined) merges.keep = 100;
    const from = await tipOf(target, repository.path, "main");
    const files = { "/moved.txt": "moved" };
    const head = await push(target, repository.path, { branch: "main", from, files });
    assert.equal((await patch(url, { mergeStatus: "queued" })).status, 200);
    try {
      // Where it is to be merged is known before the merge is there.
      await eventually("the merge onto the new head", async () => {
        const { json } = await ask<PullRequest>(target, url);
        const isMerged = json.lastMergeCommit !== undefined;
        return isMerged && json.lastMergeTargetCommit?.commitId === head ? json : undefined;
      });
    } finally {
      if (merges !== undefined) merges.keep = 0;
    }
  });

  it("cannot be opened twice for the same branches", async () => {
    const { branch } = await opened();
    const again = await ask(target, `${repository.path}/pullrequests`, {
      method: "POST",
      body: {
        sourceRefName: `refs/heads/${branch}`,
        targetRefName: "refs/heads/main",
        title: "again",
      },
    });
    assert.deepEqual([again.status, again.json.typeKey], [409, "GitPullRequestExistsException"]);
    assert.match(again.json.message, /^TF401179/);
  });

  it("refuse a description of more than 4000 characters", async () => {
    const { url } = await opened();
    const { status, json } = await patch(url, { description: "x".repeat(4001) });
    assert.deepEqual([status, json.typeKey], [400, "InvalidArgumentValueException"]);
  });

  it("get an iteration for each push, with the files that it changes", async () => {
    const { branch, commit, url } = await opened();
    const next = await push(target, repository.path, {
      branch,
      from: commit,
      files: { "/dir/more.txt": "more" },
    });
    type Iteration = { id: number; reason: string; sourceRefCommit: { commitId: string } };
    const iterations = await eventually("the second iteration", async () => {
      const seen = await list<Iteration>(`${url}/iterations`);
      return seen.length === 2 ? seen : undefined;
    });
    assert.deepEqual(
      iterations.map(({ id, sourceRefCommit }) => [id, sourceRefCommit.commitId]),
      [
        [1, commit],
        [2, next],
      ],
    );
    type Changes = { changeEntries: { item: { path: string }; changeType: string }[] };
    const { json } = await ask<Changes>(target, `${url}/iterations/2/changes`);
    assert.deepEqual(json.changeEntries.map(({ item }) => item.path).sort(), [
      `/${branch}.txt`,
      "/dir/more.txt",
    ]);
    const commits = await list<{ commitId: string }>(`${url}/commits`);
    assert.deepEqual(
      commits.map(({ commitId }) => commitId),
      [next, commit],
    );
  });

  it("are abandoned, and active again", async () => {
    const { url } = await opened();
    const gone = (await patch(url, { status: "abandoned" })).json;
    assert.equal(gone.status, "abandoned");
    assert.ok(!("mergeStatus" in gone) && !("lastMergeCommit" in gone) && "closedDate" in gone);
    const edited = await patch(url, { title: "other" });
    assert.deepEqual(
      [edited.status, edited.json.typeKey],
      [409, "GitPullRequestNotEditableException"],
    );
    const back = (await patch(url, { status: "active" })).json;
    assert.deepEqual([back.status, back.mergeStatus], ["active", "queued"]);
    assert.equal((await settled(target, url)).mergeStatus, "succeeded");
  });

  it("are not completed by who has not seen the last push", async () => {
    const { branch, commit, url } = await opened();
    await push(target, repository.path, { branch, from: commit, files: { "/late.txt": "late" } });
    const lastMergeSourceCommit = { commitId: commit };
    const stale = await patch(url, { status: "completed", lastMergeSourceCommit });
    assert.deepEqual([stale.status, stale.json.typeKey], [409, "GitPullRequestStaleException"]);
    assert.match(stale.json.message, /^TF401192/);
  });

  it("are completed after the answer; the branch goes when asked", async () => {
    const { branch, commit, url } = await opened();
    const asked = await patch(url, {
      status: "completed",
      lastMergeSourceCommit: { commitId: commit },
      completionOptions: { mergeStrategy: "squash", deleteSourceBranch: true },
    });
    assert.deepEqual([asked.json.status, asked.json.mergeStatus], ["active", "queued"]);
    assert.ok("completionQueueTime" in asked.json && "closedBy" in asked.json);
    const done = await eventually("the completion", async () => {
      const { json } = await ask<PullRequest>(target, url);
      return json.status === "completed" ? json : undefined;
    });
    assert.equal(await tipOf(target, repository.path, "main"), done.lastMergeCommit?.commitId);
    const merged = await ask<{ parents: string[]; comment: string }>(
      target,
      `${repository.path}/commits/${done.lastMergeCommit?.commitId}`,
    );
    assert.equal(merged.json.parents.length, 1);
    assert.match(merged.json.comment, /^Merged PR \d+: change-/);
    await eventually("the end of the branch", async () =>
      /^0+$/.test(await tipOf(target, repository.path, branch)) ? true : undefined,
    );
  });

  it("say which files are in conflict", async () => {
    const { url } = await opened({ "/both.txt": "mine\n" });
    const from = await tipOf(target, repository.path, "main");
    await push(target, repository.path, {
      branch: "main",
      from,
      files: { "/both.txt": "theirs\n" },
    });
    const stuck = await eventually("the conflict", async () => {
      const { json } = await ask<PullRequest>(target, url);
      return json.mergeStatus === "conflicts" ? json : undefined;
    });
    assert.equal(stuck.lastMergeCommit, undefined);
    const conflicts = await list<{ conflictPath: string }>(`${url}/conflicts`);
    assert.deepEqual(
      conflicts.map(({ conflictPath }) => conflictPath),
      ["/both.txt"],
    );
  });

  it("keep threads with their status, comments, and who may change them", async () => {
    const { url } = await opened();
    const made = await ask<{ id: number; status: string; comments: { commentType: string }[] }>(
      target,
      `${url}/threads`,
      { method: "POST", body: { comments: [{ content: "Why?", commentType: 1 }], status: 1 } },
    );
    assert.deepEqual([made.json.status, made.json.comments[0]?.commentType], ["active", "text"]);
    const thread = `${url}/threads/${made.json.id}`;
    const body = { content: "Because.", parentCommentId: 1 };
    await ask(target, `${thread}/comments`, { method: "POST", body });
    await ask(target, thread, { method: "PATCH", body: { status: "fixed" } });
    const seen = (
      await ask<{ status: string; comments: { parentCommentId: number }[] }>(target, thread)
    ).json;
    assert.deepEqual(
      [seen.status, seen.comments.map((one) => one.parentCommentId)],
      ["fixed", [0, 1]],
    );
  });

  it("keep labels, properties and statuses", async () => {
    const { url, pullRequest } = await opened();
    await ask(target, `${url}/labels`, { method: "POST", body: { name: "prod" } });
    assert.deepEqual(
      (await ask<{ value: { name: string }[] }>(target, `${url}/labels`)).json.value.map(
        ({ name }) => name,
      ),
      ["prod"],
    );
    // The pull request itself does not tell them: seen on the service.
    assert.equal((await ask<PullRequest>(target, url)).json.labels, undefined);
    const operations = [{ op: "add", path: "/Fluxgate.Run", value: "12" }];
    await ask(target, `${url}/properties`, { method: "PATCH", body: operations });
    const properties = await ask<{ value: Record<string, unknown> }>(target, `${url}/properties`);
    assert.deepEqual(properties.json.value["Fluxgate.Run"], {
      $type: "System.String",
      $value: "12",
    });
    const context = { genre: "fluxgate", name: "dev" };
    for (const state of ["pending", "succeeded"]) {
      await ask(target, `${url}/statuses`, { method: "POST", body: { state, context } });
    }
    const statuses = await list<{ state: string }>(`${url}/statuses`);
    assert.deepEqual(statuses.map(({ state }) => state).sort(), ["pending", "succeeded"]);
    const commit = pullRequest.lastMergeSourceCommit.commitId;
    const found = await ask<{ results: Record<string, PullRequest[]>[] }>(
      target,
      `${repository.path}/pullrequestquery`,
      { method: "POST", body: { queries: [{ type: "commit", items: [commit] }] } },
    );
    assert.equal(found.json.results[0]?.[commit]?.[0]?.pullRequestId, pullRequest.pullRequestId);
  });

  it("are found by branch, state and page", async () => {
    const { branch, pullRequest } = await opened();
    const ids = async (query: string) =>
      (await list<PullRequest>(`${repository.path}/pullrequests?${query}`)).map(
        ({ pullRequestId }) => pullRequestId,
      );
    const source = `searchCriteria.sourceRefName=refs/heads/${branch}`;
    assert.deepEqual(await ids(source), [pullRequest.pullRequestId]);
    assert.deepEqual(await ids(`${source}&searchCriteria.status=completed`), []);
    const all = await ids("searchCriteria.status=all");
    assert.deepEqual(await ids("searchCriteria.status=all&$top=2&$skip=1"), all.slice(1, 3));
  });
});
