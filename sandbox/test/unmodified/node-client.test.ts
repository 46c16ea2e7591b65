import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureNodeClient } from "../../../scripts/tools/foreign-clients.ts";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

// Its own types are not installed here: what comes back is read as JSON.
type Call = (...args: readonly unknown[]) => Promise<unknown>;
type Answer = Readonly<Record<string, unknown>> & readonly Readonly<Record<string, unknown>>[];
type WebApi = Readonly<Record<string, () => Promise<unknown>>>;

const yaml = `
trigger: none
jobs:
  - job: make
    steps:
      - checkout: none
      - bash: mkdir -p out && echo made > out/file.txt
      - publish: out
        artifact: made
`;
const refsOfMain = "refs/heads/main";

describe("the vendor's Node client", () => {
  let pipelines: Pipelines;
  let api: WebApi;
  const call = async (area: string, method: string, ...args: readonly unknown[]) => {
    const client = (await api[area]?.()) as Readonly<Record<string, Call>>;
    const answer = client[method]?.(...args);
    return (await answer) as Answer;
  };

  before(async function () {
    const directory = await ensureNodeClient();
    if (directory === undefined) this.skip();
    pipelines = await pipelinesWith({
      app: { "ci.yml": yaml },
      seed: { definitions: [ci], variableGroups: [{ name: "g", variables: { OPEN: "1" } }] },
    });
    const sdk = createRequire(join(directory, "package.json"))("azure-devops-node-api") as {
      WebApi: new (url: string, auth: unknown) => WebApi;
      getPersonalAccessTokenHandler: (token: string) => unknown;
    };
    api = new sdk.WebApi(
      pipelines.sandbox.organisationUrl,
      sdk.getPersonalAccessTokenHandler("sandbox-developer"),
    );
  });
  after(() => pipelines?.sandbox.close());

  it("knows who it is, and lists projects and repositories", async () => {
    const who = await (api as unknown as { connect: () => Promise<Answer> }).connect();
    assert.ok((who["authenticatedUser"] as { id: string }).id);
    assert.equal((await call("getCoreApi", "getProjects"))[0]?.["name"], "shop");
    const repositories = await call("getGitApi", "getRepositories", "shop");
    assert.deepEqual(
      repositories.map(({ name }) => name),
      ["app"],
    );
  });

  it("pushes a branch, opens a pull request, posts a status and completes it", async () => {
    const [main] = await call("getGitApi", "getRefs", "app", "shop", "heads/main");
    await call(
      ...(["getGitApi", "createPush"] as const),
      {
        refUpdates: [{ name: "refs/heads/change", oldObjectId: main?.["objectId"] }],
        commits: [
          {
            comment: "change",
            changes: [
              {
                changeType: 1,
                item: { path: "/a.txt" },
                newContent: { content: "a", contentType: 0 },
              },
            ],
          },
        ],
      },
      ...["app", "shop"],
    );
    const opened = await call(
      ...(["getGitApi", "createPullRequest"] as const),
      { title: "t", sourceRefName: "refs/heads/change", targetRefName: refsOfMain },
      ...["app", "shop"],
    );
    const id = opened["pullRequestId"];
    await call(
      ...(["getGitApi", "createPullRequestStatus"] as const),
      { state: 2, context: { name: "check", genre: "team" }, description: "fine" },
      ...["app", id, "shop"],
    );
    const statuses = await call("getGitApi", "getPullRequestStatuses", "app", id, "shop");
    assert.equal((statuses[0]?.["context"] as { name: string }).name, "check");
    const tip = (opened["lastMergeSourceCommit"] as { commitId: string }).commitId;
    const completed = await call(
      ...(["getGitApi", "updatePullRequest"] as const),
      { status: 3, lastMergeSourceCommit: { commitId: tip } },
      ...["app", id, "shop"],
    );
    assert.equal(completed["pullRequestId"], id);
    const commits = await call("getGitApi", "getCommits", "app", { $top: 5 }, "shop");
    assert.ok(commits.length > 0);
  });

  it("runs a pipeline, and reads the run, its timeline and artefacts", async () => {
    assert.equal((await call("getPipelinesApi", "listPipelines", "shop"))[0]?.["name"], "ci");
    const run = await call("getPipelinesApi", "runPipeline", {}, "shop", 1);
    await pipelines.ended(Number(run["id"]));
    const build = await call("getBuildApi", "getBuild", "shop", run["id"]);
    // BuildResult.Succeeded
    assert.equal(build["result"], 2);
    const artifacts = await call("getBuildApi", "getArtifacts", "shop", run["id"]);
    assert.equal(artifacts[0]?.["name"], "made");
    const timeline = await call("getBuildApi", "getBuildTimeline", "shop", run["id"]);
    assert.ok((timeline["records"] as readonly unknown[]).length > 2);
  });

  it("reads variable groups and policies", async () => {
    const groups = await call("getTaskAgentApi", "getVariableGroups", "shop");
    assert.equal(groups[0]?.["name"], "g");
    assert.deepEqual(await call("getPolicyApi", "getPolicyConfigurations", "shop"), []);
  });

  it("is told by name what is not there", async () => {
    await assert.rejects(call("getWorkItemTrackingApi", "getQueries", "shop"), /sandbox/i);
  });
});
