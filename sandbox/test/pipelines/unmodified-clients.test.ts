import assert from "node:assert/strict";
import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import {
  BuildQueryOrder,
  BuildResult,
  BuildStatus,
  TaskResult,
  TimelineRecordState,
} from "azure-devops-node-api/interfaces/BuildInterfaces.js";
import { pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const yaml = `
trigger: none
stages:
  - stage: ci
    jobs:
      - job: make
        steps:
          - checkout: none
          - bash: mkdir -p out && echo made > out/file.txt
          - publish: out
            artifact: made
`;

describe("the vendor's own client for Node", () => {
  let pipelines: Pipelines;
  let client: WebApi;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": yaml },
      seed: {
        definitions: [{ name: "ci", project: "shop", repository: "app", yamlPath: "ci.yml" }],
        variableGroups: [{ name: "g", variables: { OPEN: "1", HIDDEN: "2" }, secret: ["HIDDEN"] }],
      },
    });
    const handler = getPersonalAccessTokenHandler("sandbox-developer");
    client = new WebApi(pipelines.sandbox.organisationUrl, handler);
  });
  after(() => pipelines.sandbox.close());

  it("queues a run and reads it, its timeline, logs and artefacts", async () => {
    const api = await client.getBuildApi();
    const [definition] = await api.getDefinitions("shop", "ci");
    assert.equal(definition?.id, 1);
    const queued = await api.queueBuild({ definition: { id: 1 } }, "shop");
    const id = queued.id ?? 0;
    await pipelines.ended(id);
    const build = await api.getBuild("shop", id);
    assert.deepEqual([build.status, build.result], [BuildStatus.Completed, BuildResult.Succeeded]);
    const timeline = await api.getBuildTimeline("shop", id);
    const task = timeline.records?.find(({ type, name }) => type === "Task" && name === "Bash");
    assert.deepEqual(
      [task?.state, task?.result],
      [TimelineRecordState.Completed, TaskResult.Succeeded],
    );
    const lines = await api.getBuildLogLines("shop", id, task?.log?.id ?? 0);
    assert.match(lines.join("\n"), /Script contents/);
    const artifacts = await api.getArtifacts("shop", id);
    assert.deepEqual(
      artifacts.map(({ name }) => name),
      ["made"],
    );
    assert.deepEqual(await api.addBuildTag("shop", id, "seen"), ["seen"]);
  });

  it("lists runs by definition and state", async () => {
    const api = await client.getBuildApi();
    const { id } = await pipelines.start();
    await pipelines.ended(id);
    const found = await api.getBuilds(
      "shop",
      [1],
      ...([undefined, undefined, undefined, undefined, undefined, undefined] as const),
      ...([BuildStatus.Completed, undefined, undefined, undefined, 1] as const),
      ...([undefined, undefined, undefined, BuildQueryOrder.QueueTimeDescending] as const),
    );
    assert.deepEqual(
      found.map((one) => one.id),
      [id],
    );
  });

  it("reads variable groups, whose secrets stay away", async () => {
    const api = await client.getTaskAgentApi();
    const [group] = await api.getVariableGroups("shop");
    assert.equal(group?.name, "g");
    assert.deepEqual(group.variables, {
      OPEN: { value: "1" },
      HIDDEN: { value: null, isSecret: true },
    });
    assert.deepEqual(pipelines.sandbox.unhandled(), []);
  });
});
