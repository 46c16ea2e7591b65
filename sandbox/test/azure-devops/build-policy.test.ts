import assert from "node:assert/strict";
import { restOf } from "../support/rest.ts";
import { eventually } from "../support/eventually.ts";
import { gitPush } from "../support/git-push.ts";
import { createSandbox, type Sandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";

type PullRequest = {
  readonly pullRequestId: number;
  readonly status: string;
  readonly createdBy: { readonly id: string };
};
const shop = "shop/_apis/git/repositories/shop";

describe("a build policy", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              {
                name: "shop",
                files: { "ci.yml": "trigger: none\nsteps:\n  - bash: test ! -f broken.txt\n" },
                policies: [
                  { type: "build", settings: { buildDefinitionId: 1, displayName: "CI" } },
                ],
              },
            ],
          },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [{ name: "ci", project: "shop", repository: "shop", yamlPath: "ci.yml" }],
          },
        }),
      ],
    });
  });
  after(() => sandbox.close());

  it("builds the merge, holds back what fails and lets auto-complete go on after a fix", async () => {
    const rest = restOf(sandbox, "developer");
    const url = `${sandbox.organisationUrl}/shop/_git/shop`;
    const { value } = await rest.get<{ value: { objectId: string }[] }>(
      `${shop}/refs?filter=heads/main`,
    );
    const main = value[0]?.objectId ?? "";
    const branch = { name: "refs/heads/change", newObjectId: main, oldObjectId: "0".repeat(40) };
    await rest.send("POST", `${shop}/refs`, [branch]);
    await gitPush(url, { branch: "change", files: { "broken.txt": "x" } });
    const made = await rest.send<PullRequest>("POST", `${shop}/pullrequests`, {
      sourceRefName: "refs/heads/change",
      targetRefName: "refs/heads/main",
      title: "Change",
    });
    const at = `${shop}/pullrequests/${made.pullRequestId}`;
    await rest.send("PATCH", at, { autoCompleteSetBy: { id: made.createdBy.id } });
    const project = sandbox.organisation().projects[0]?.id ?? "";
    const artifact = `vstfs:///CodeReview/CodeReviewId/${project}/${made.pullRequestId}`;
    const becomes = (status: string) =>
      eventually(`the build to be ${status}`, async () => {
        const { value: all } = await rest.get<{ value: { status: string }[] }>(
          `shop/_apis/policy/evaluations?artifactId=${encodeURIComponent(artifact)}&api-version=7.1-preview`,
        );
        return all[0]?.status === status ? true : undefined;
      });
    await becomes("rejected");
    assert.equal((await rest.get<PullRequest>(at)).status, "active");
    await gitPush(url, { branch: "change", files: { "broken.txt": undefined } });
    await eventually("the completion", async () =>
      (await rest.get<PullRequest>(at)).status === "completed" ? true : undefined,
    );
    const runs = await rest.get<{ value: { reason: string; sourceBranch: string }[] }>(
      "shop/_apis/build/builds",
    );
    assert.ok(runs.value.every(({ reason }) => reason === "pullRequest"));
    assert.equal(runs.value[0]?.sourceBranch, `refs/pull/${made.pullRequestId}/merge`);
  });
});
