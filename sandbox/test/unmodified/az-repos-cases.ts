import assert from "node:assert/strict";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import { gitPush } from "../support/git-push.ts";
import { sandboxWith } from "../support/sandbox-with.ts";
import type { Az, OpenAz } from "./az.ts";

type Named = { readonly id: string; readonly name: string };
type PullRequest = {
  readonly pullRequestId: number;
  readonly status: string;
  readonly title: string;
  readonly isDraft: boolean;
  readonly mergeStatus: string;
};
type Reviewer = { readonly vote: number; readonly uniqueName: string };

/** What a delivery team does with branches, pull requests and policies. */
export function describeAzRepos(open: OpenAz): void {
  let sandbox: Sandbox;
  let az: Az;
  let opened: Awaited<ReturnType<OpenAz>>;
  const inRepository = ["--repository", "shop", "--project", "shop"] as const;
  const inProject = ["--project", "shop"] as const;
  before(async function () {
    this.timeout(900_000);
    opened = await open();
    if (!opened) return this.skip();
    sandbox = await sandboxWith([{ name: "shop", files: { "README.md": "shop\n" } }]);
    az = await opened(sandbox);
    await gitPush(`${sandbox.organisationUrl}/shop/_git/shop`, {
      branch: "main",
      files: { "a.txt": "1\n" },
    });
  });
  after(async () => {
    az?.close();
    await sandbox?.close();
  });

  it("know the organisation's projects and repositories", async () => {
    const { value } = await az.json<{ value: Named[] }>("devops", "project", "list");
    assert.deepEqual(
      value.map(({ name }) => name),
      ["shop"],
    );
    const project = await az.json<Named>("devops", "project", "show", ...inProject);
    assert.equal(project.name, "shop");
    const teams = await az.json<Named[]>("devops", "team", "list", ...inProject);
    assert.deepEqual(
      teams.map(({ name }) => name),
      ["shop Team"],
    );
    const [repository] = await az.json<Named[]>("repos", "list", ...inProject);
    assert.equal(repository?.name, "shop");
    const shown = await az.json<Named>("repos", "show", ...inRepository);
    assert.equal(shown.id, repository.id);
  });

  it("make, list and delete branches", async () => {
    const refs = () =>
      az.json<{ name: string; objectId: string }[]>("repos", "ref", "list", ...inRepository);
    const [main] = await refs();
    assert.equal(main?.name, "refs/heads/main");
    const id = main.objectId;
    await az.json(
      ...["repos", "ref", "create", "--name", "heads/feature", "--object-id", id],
      ...inRepository,
    );
    assert.deepEqual(
      (await refs()).map(({ name }) => name),
      ["refs/heads/feature", "refs/heads/main"],
    );
    await az.json(
      ...["repos", "ref", "delete", "--name", "heads/feature", "--object-id", id],
      ...inRepository,
    );
    assert.equal((await refs()).length, 1);
  });

  it("take a pull request from its creation to its completion", async () => {
    const refs = await az.json<{ objectId: string }[]>("repos", "ref", "list", ...inRepository);
    await az.json(
      ...["repos", "ref", "create", "--name", "heads/change"],
      ...["--object-id", refs[0]?.objectId ?? "", ...inRepository],
    );
    await gitPush(`${sandbox.organisationUrl}/shop/_git/shop`, {
      branch: "change",
      files: { "a.txt": "2\n" },
    });
    const created = await az.json<PullRequest>(
      ...["repos", "pr", "create", "--source-branch", "change", "--target-branch", "main"],
      ...["--title", "A change", "--description", "Why", "--draft", "true", ...inRepository],
    );
    const id = ["--id", String(created.pullRequestId)] as const;
    assert.equal(created.isDraft, true);
    const listed = await az.json<PullRequest[]>("repos", "pr", "list", ...inRepository);
    assert.deepEqual(
      listed.map(({ title }) => title),
      ["A change"],
    );
    const updated = await az.json<PullRequest>(
      ...["repos", "pr", "update", ...id, "--title", "A better change", "--draft", "false"],
    );
    assert.deepEqual([updated.title, updated.isDraft], ["A better change", false]);
    const vote = await az.json<Reviewer>("repos", "pr", "set-vote", ...id, "--vote", "approve");
    assert.equal(vote.vote, 10);
    const reviewers = await az.json<Reviewer[]>("repos", "pr", "reviewer", "list", ...id);
    assert.deepEqual(
      reviewers.map(({ uniqueName }) => uniqueName),
      ["developer@fabrikam.com"],
    );
    await az.json("repos", "pr", "policy", "list", ...id);
    await az.json("repos", "pr", "work-item", "list", ...id);
    await az.json("repos", "pr", "update", ...id, "--status", "completed");
    const done = await az.json<PullRequest>("repos", "pr", "show", ...id);
    assert.equal(done.status, "completed");
    assert.deepEqual(sandbox.unhandled(), []);
  });

  it("abandon and reactivate a pull request", async () => {
    const refs = await az.json<{ objectId: string }[]>("repos", "ref", "list", ...inRepository);
    await az.json(
      ...["repos", "ref", "create", "--name", "heads/other"],
      ...["--object-id", refs[0]?.objectId ?? "", ...inRepository],
    );
    await gitPush(`${sandbox.organisationUrl}/shop/_git/shop`, {
      branch: "other",
      files: { "b.txt": "1\n" },
    });
    const { pullRequestId } = await az.json<PullRequest>(
      ...["repos", "pr", "create", "--source-branch", "other", ...inRepository],
    );
    const to = async (status: string) => {
      const of = ["--id", String(pullRequestId), "--status", status] as const;
      return (await az.json<PullRequest>("repos", "pr", "update", ...of)).status;
    };
    assert.equal(await to("abandoned"), "abandoned");
    assert.equal(await to("active"), "active");
  });

  it("make a branch policy and see it refuse", async () => {
    assert.ok(opened);
    const admin = await opened(sandbox, "sandbox-admin");
    try {
      const shown = await az.json<Named>("repos", "show", ...inRepository);
      const policy = await admin.json<{ id: number; type: { displayName: string } }>(
        ...["repos", "policy", "approver-count", "create", "--repository-id", shown.id],
        ...["--branch", "main", "--minimum-approver-count", "1", "--creator-vote-counts", "false"],
        ...["--allow-downvotes", "false", "--reset-on-source-push", "false"],
        ...["--blocking", "true", "--enabled", "true", ...inProject],
      );
      assert.equal(policy.type.displayName, "Minimum number of reviewers");
      const policies = await admin.json<{ id: number }[]>("repos", "policy", "list", ...inProject);
      assert.deepEqual(
        policies.map(({ id }) => id),
        [policy.id],
      );
      const [pullRequest] = await az.json<PullRequest[]>("repos", "pr", "list", ...inRepository);
      const evaluations = await az.json<{ status: string }[]>(
        ...["repos", "pr", "policy", "list", "--id", String(pullRequest?.pullRequestId)],
      );
      assert.deepEqual(
        evaluations.map(({ status }) => status),
        ["queued"],
      );
    } finally {
      admin.close();
    }
  });
}
