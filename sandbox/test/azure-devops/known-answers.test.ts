// Answers of the service that surprise, each seen by others and told in our own words.
import assert from "node:assert/strict";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";
import { restOf, type Rest } from "../support/rest.ts";

const file = (path: string) => ({
  changeType: "add",
  item: { path },
  newContent: { content: "hello", contentType: "rawtext" },
});

describe("the service's known answers", () => {
  let pipelines: Pipelines;
  let rest: Rest;
  let admin: Rest;
  const git = "shop/_apis/git/repositories/app";
  const policyTypes = {
    reviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
    strategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  };

  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": "steps: []\n" },
      seed: { definitions: [ci] },
    });
    rest = pipelines.rest;
    admin = restOf(pipelines.sandbox, "admin");
  });
  after(() => pipelines.sandbox.close());

  const tip = async () => {
    const refs = await rest.get<{ value: { objectId: string }[] }>(`${git}/refs?filter=heads/main`);
    return refs.value[0]?.objectId ?? "";
  };
  const pushTo = async (branch: string, commit: object) =>
    rest.send<{ commits: { commitId: string; author: { name: string } }[] }>(
      "POST",
      `${git}/pushes?api-version=7.1`,
      {
        refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: await tip() }],
        commits: [commit],
      },
    );
  const pullRequest = async (branch: string) => {
    await pushTo(branch, { comment: branch, changes: [file(`/${branch}.txt`)] });
    return rest.send<{ pullRequestId: number; lastMergeSourceCommit: { commitId: string } }>(
      "POST",
      `${git}/pullrequests?api-version=7.1`,
      { sourceRefName: `refs/heads/${branch}`, targetRefName: "refs/heads/main", title: branch },
    );
  };
  const policy = async (id: string, settings: object, matchKind = "Exact") => {
    const { id: repositoryId } = await rest.get<{ id: string }>(git);
    return admin.send<{ id: number }>("POST", "shop/_apis/policy/configurations?api-version=7.1", {
      ...{ isEnabled: true, isBlocking: true, type: { id } },
      settings: {
        ...settings,
        scope: [{ repositoryId, refName: "refs/heads/main", matchKind }],
      },
    });
  };
  const me = async () => {
    const { authenticatedUser } = await rest.get<{ authenticatedUser: { id: string } }>(
      "_apis/connectionData",
    );
    return authenticatedUser.id;
  };
  const somebodyElse = async () => {
    const { authenticatedUser } = await admin.get<{ authenticatedUser: { id: string } }>(
      "_apis/connectionData",
    );
    return authenticatedUser.id;
  };

  it("auto-complete is one's own", async () => {
    const { pullRequestId } = await pullRequest("own");
    const set = async (id: string) =>
      rest.send("PATCH", `${git}/pullrequests/${pullRequestId}?api-version=7.1`, {
        autoCompleteSetBy: { id },
      });
    await assert.rejects(set(await somebodyElse()), /answered 400/);
  });

  it("a vote for somebody else is TF401186", async () => {
    const { pullRequestId } = await pullRequest("vote");
    const id = await somebodyElse();
    const url = `${git}/pullrequests/${pullRequestId}/reviewers/${id}?api-version=7.1`;
    await assert.rejects(rest.send("PUT", url, { vote: 10 }), /answered 400.*TF401186/);
  });

  it("labels stand in lists and not in the pull request itself", async () => {
    const { pullRequestId } = await pullRequest("labelled");
    const url = `${git}/pullrequests/${pullRequestId}`;
    await rest.send("POST", `${url}/labels?api-version=7.1`, { name: "big" });
    assert.equal((await rest.get<{ labels?: unknown }>(url)).labels, undefined);
    const { value } = await rest.get<{
      value: { pullRequestId: number; labels?: { name: string }[] }[];
    }>(`${git}/pullrequests`);
    const found = value.find((one) => one.pullRequestId === pullRequestId);
    assert.equal(found?.labels?.[0]?.name, "big");
  });

  it("an evaluation is queued until somebody votes; a branch lists the policies that name it", async () => {
    const exact = await policy(policyTypes.reviewers, { minimumApproverCount: 2 });
    const prefix = await policy(policyTypes.reviewers, { minimumApproverCount: 1 }, "Prefix");
    const { id: repositoryId } = await rest.get<{ id: string }>(git);
    const listed = await rest.get<{ value: { id: number }[] }>(
      `shop/_apis/git/policy/configurations?repositoryId=${repositoryId}&refName=refs/heads/main&api-version=7.1`,
    );
    assert.deepEqual(
      listed.value.map(({ id }) => id),
      [exact.id],
    );
    const { pullRequestId } = await pullRequest("voted");
    const { project } = (await rest.get<{ project: { id: string } }>(git)) ?? {};
    const evaluations = `shop/_apis/policy/evaluations?artifactId=${encodeURIComponent(`vstfs:///CodeReview/CodeReviewId/${project.id}/${pullRequestId}`)}&api-version=7.1-preview.1`;
    const statuses = async () => {
      const { value } = await rest.get<{
        value: { configuration: { id: number }; status: string }[];
      }>(evaluations);
      return value.find(({ configuration }) => configuration.id === exact.id)?.status;
    };
    assert.equal(await statuses(), "queued");
    await rest.send(
      "PUT",
      `${git}/pullrequests/${pullRequestId}/reviewers/${await me()}?api-version=7.1`,
      { vote: 10 },
    );
    assert.equal(await statuses(), "running");
    for (const { id } of [exact, prefix]) {
      await admin.send("DELETE", `shop/_apis/policy/configurations/${id}?api-version=7.1`);
    }
  });

  it("a strategy that the branch does not allow is 403 with its sentence", async () => {
    const { id } = await policy(policyTypes.strategy, { allowSquash: true });
    const { pullRequestId, lastMergeSourceCommit } = await pullRequest("strategy");
    const complete = rest.send("PATCH", `${git}/pullrequests/${pullRequestId}?api-version=7.1`, {
      ...{ status: "completed", lastMergeSourceCommit },
      completionOptions: { mergeStrategy: "noFastForward" },
    });
    await assert.rejects(complete, /answered 403.*GitPullRequestUpdateRejectedByPolicyException/);
    await admin.send("DELETE", `shop/_apis/policy/configurations/${id}?api-version=7.1`);
  });

  it("raw text is written as it is, by whoever pushes where no author is named", async () => {
    const { commits } = await pushTo("raw", {
      ...{ comment: "raw", author: { name: "", email: null } },
      changes: [file("/raw.txt")],
    });
    assert.equal(commits[0]?.author.name, "Dana Developer");
    const text = await rest.get<string>(
      `${git}/items?path=/raw.txt&versionDescriptor.version=raw&$format=text&api-version=7.1`,
    );
    assert.equal(text, "hello");
  });

  it("folders stay when what is in them goes, and the root has a date", async () => {
    const { id } = await rest.get<{ id: string }>(git);
    const made = await rest.send<{ id: number }>(
      "POST",
      "shop/_apis/build/definitions?api-version=7.1",
      {
        ...{ name: "deep", path: "\\a\\b", triggers: null },
        ...{ process: { type: 2, yamlFilename: "ci.yml" } },
        repository: { type: "TfsGit", id, defaultBranch: "" },
      },
    );
    await rest.send("DELETE", `shop/_apis/build/definitions/${made.id}?api-version=7.1`);
    await rest.send("DELETE", "shop/_apis/build/folders?path=\\a\\b&api-version=7.1-preview.2");
    const { value } = await rest.get<{ value: { path: string; createdOn?: string }[] }>(
      "shop/_apis/build/folders?api-version=7.1-preview.2",
    );
    assert.deepEqual(
      value.map(({ path }) => path),
      ["\\", "\\a"],
    );
    assert.ok(value[0]?.createdOn);
  });

  it("a repository that is not there is named as the caller wrote it", async () => {
    const made = admin.send("POST", "shop/_apis/build/definitions?api-version=7.1", {
      ...{ name: "lost", process: { type: 2, yamlFilename: "ci.yml" } },
      repository: { type: "TfsGit", name: "No-Such-App" },
    });
    await assert.rejects(made, /or identifier No-Such-App does not exist/);
  });

  it("a default branch that is empty is refused", async () => {
    const { id } = await rest.get<{ id: string }>(git);
    const change = admin.send("PATCH", `shop/_apis/git/repositories/${id}?api-version=7.1`, {
      defaultBranch: "",
    });
    await assert.rejects(change, /answered 400/);
  });

  it("a fetch without multi_ack is 400", async () => {
    const line = `want ${await tip()} ofs-delta agent=other\n`;
    const packet = (line.length + 4).toString(16).padStart(4, "0") + line;
    const answer = await fetch(
      `${pipelines.sandbox.organisationUrl}/shop/_git/app/git-upload-pack`,
      {
        ...{ method: "POST", body: `${packet}00000009done\n` },
        headers: {
          Authorization: `Basic ${Buffer.from(":sandbox-developer").toString("base64")}`,
          "Content-Type": "application/x-git-upload-pack-request",
        },
      },
    );
    assert.equal(answer.status, 400);
  });
});
