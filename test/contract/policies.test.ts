import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import {
  ask,
  makeRepository,
  openPullRequest,
  openTarget,
  push,
  tipOf,
  type List,
  type PullRequest,
  type Target,
} from "../support/target.ts";

const types = {
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  comments: "c6a1889d-b943-4856-b76f-9e46bb6b0df2",
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
};

describe("branch policies", () => {
  let target: Target;
  let repository: Awaited<ReturnType<typeof makeRepository>>;
  const made: number[] = [];
  before(async () => {
    target = await openTarget();
  });
  beforeEach(async () => {
    repository = await makeRepository(target);
  });
  afterEach(async () => {
    for (const id of made.splice(0)) {
      await ask(target, `${target.project}/_apis/policy/configurations/${id}`, {
        method: "DELETE",
      });
    }
    await repository.remove();
  });
  after(() => target.close());

  async function require_(type: keyof typeof types, settings: object): Promise<number> {
    const { status, text, json } = await ask<{ id: number }>(
      target,
      `${target.project}/_apis/policy/configurations`,
      {
        method: "POST",
        body: {
          type: { id: types[type] },
          isEnabled: true,
          isBlocking: true,
          settings: {
            ...settings,
            scope: [
              { repositoryId: repository.id, refName: "refs/heads/main", matchKind: "exact" },
            ],
          },
        },
      },
    );
    assert.equal(status, 200, text);
    made.push(json.id);
    return json.id;
  }
  async function opened() {
    const from = await tipOf(target, repository.path, "main");
    const files = { "/b.txt": "b" };
    const commit = await push(target, repository.path, { branch: "change", from, files });
    const pullRequest = await openPullRequest(target, repository.path, "change");
    const url = `${repository.path}/pullrequests/${pullRequest.pullRequestId}`;
    return { from, commit, pullRequest, url };
  }
  const complete = (url: string, commitId: string, completionOptions = {}) =>
    ask(target, url, {
      method: "PATCH",
      body: { status: "completed", lastMergeSourceCommit: { commitId }, completionOptions },
    });
  async function evaluations({ pullRequest }: { pullRequest: PullRequest }) {
    const artifact = `vstfs:///CodeReview/CodeReviewId/${pullRequest.repository.project.id}/${pullRequest.pullRequestId}`;
    const { json } = await ask<List<{ status: string; configuration: { id: number } }>>(
      target,
      `${target.project}/_apis/policy/evaluations?artifactId=${encodeURIComponent(artifact)}`,
      { accept: "application/json;api-version=7.1-preview.1" },
    );
    return json.value;
  }
  function isCompleted(url: string) {
    return eventually("the completion", async () =>
      (await ask<PullRequest>(target, url)).json.status === "completed" ? true : undefined,
    );
  }

  it("let only pull requests change the branch", async () => {
    await require_("minimumReviewers", { minimumApproverCount: 1 });
    const from = await tipOf(target, repository.path, "main");
    const pushed = await ask(target, `${repository.path}/pushes`, {
      method: "POST",
      body: {
        refUpdates: [{ name: "refs/heads/main", oldObjectId: from }],
        commits: [
          {
            comment: "direct",
            changes: [{ changeType: "add", item: { path: "/c" }, newContent: { content: "Yw==" } }],
          },
        ],
      },
    });
    assert.deepEqual(
      [pushed.status, pushed.json.typeKey],
      [403, "GitRefUpdateRejectedByPolicyException"],
    );
    assert.match(pushed.json.message, /^TF402455/);
  });

  it("hold completion back until what they want is there", async () => {
    const id = await require_("minimumReviewers", {
      minimumApproverCount: 1,
      creatorVoteCounts: true,
    });
    const change = await opened();
    const [first] = await evaluations(change);
    assert.equal(first?.configuration.id, id);
    assert.notEqual(first?.status, "approved");
    const early = await complete(change.url, change.commit);
    assert.deepEqual(
      [early.status, early.json.typeKey],
      [403, "GitPullRequestUpdateRejectedByPolicyException"],
    );
    const me = change.pullRequest.createdBy.id;
    await ask(target, `${change.url}/reviewers/${me}`, { method: "PUT", body: { vote: 10 } });
    assert.equal((await evaluations(change))[0]?.status, "approved");
    assert.equal((await complete(change.url, change.commit)).status, 200);
    await isCompleted(change.url);
  });

  it("let auto-complete finish what they approved", async () => {
    await require_("status", { statusName: "dev", statusGenre: "fluxgate" });
    const change = await opened();
    const autoCompleteSetBy = { id: change.pullRequest.createdBy.id };
    const set = await ask<PullRequest>(target, change.url, {
      method: "PATCH",
      body: { autoCompleteSetBy, completionOptions: { mergeStrategy: "rebase" } },
    });
    assert.equal(set.json.autoCompleteSetBy?.id, autoCompleteSetBy.id);
    const context = { genre: "fluxgate", name: "dev" };
    const post = (state: string) =>
      ask(target, `${change.url}/statuses`, { method: "POST", body: { state, context } });
    await post("failed");
    assert.equal((await evaluations(change))[0]?.status, "rejected");
    await post("succeeded");
    await isCompleted(change.url);
    assert.equal(await tipOf(target, repository.path, "main"), change.commit);
  });

  it("want statuses of an iteration where pushes reset them", async () => {
    await require_("status", {
      statusName: "dev",
      statusGenre: "fluxgate",
      invalidateOnSourceUpdate: true,
    });
    const { url } = await opened();
    const body = { state: "succeeded", context: { genre: "fluxgate", name: "dev" } };
    const refused = await ask(target, `${url}/statuses`, { method: "POST", body });
    assert.deepEqual(
      [refused.status, refused.json.typeKey],
      [403, "GitPullRequestStatusRejectedByPolicyException"],
    );
    const posted = await ask(target, `${url}/iterations/1/statuses`, { method: "POST", body });
    assert.equal(posted.status, 200);
  });

  it("wait for every comment to be resolved", async () => {
    await require_("comments", {});
    const change = await opened();
    const body = { comments: [{ content: "Why?" }], status: "active" };
    const thread = await ask<{ id: number }>(target, `${change.url}/threads`, {
      method: "POST",
      body,
    });
    assert.equal((await complete(change.url, change.commit)).status, 403);
    await ask(target, `${change.url}/threads/${thread.json.id}`, {
      method: "PATCH",
      body: { status: "closed" },
    });
    assert.equal((await complete(change.url, change.commit)).status, 200);
    await isCompleted(change.url);
  });

  it("allow only their merge strategies", async () => {
    await require_("mergeStrategy", { allowSquash: true, allowRebase: false });
    const change = await opened();
    assert.equal((await complete(change.url, change.commit)).status, 403);
    const squashed = await complete(change.url, change.commit, { mergeStrategy: "squash" });
    assert.equal(squashed.status, 200);
    await isCompleted(change.url);
  });
});
