import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { eventually } from "../support/eventually.ts";
import { gitPush } from "../support/git-push.ts";
import { pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const definition = (name: string) => ({
  name,
  project: "shop",
  repository: "app",
  yamlPath: `${name}.yml`,
});

const outputs = `
trigger: none
variables:
  - group: common
  - { name: own, value: "$(SHARED) twice" }
stages:
  - stage: first
    jobs:
      - job: make
        steps:
          - checkout: none
          - bash: |
              echo "##vso[task.setvariable variable=answer;isOutput=true]42"
              echo "##vso[task.setvariable variable=token;issecret=true]swordfish"
            name: out
          - bash: echo "own=$(own) secret=$(token) group=$PASSWORD."
          - bash: exit 1
            continueOnError: true
  - stage: second
    condition: and(succeeded(), eq(dependencies.first.outputs['make.out.answer'], '42'))
    variables: { answer: "$[ stageDependencies.first.make.outputs['out.answer'] ]" }
    jobs:
      - job: read
        # As templates write it that may be told whom to wait for.
        dependsOn: ""
        steps: [{ checkout: none }, { bash: "echo answer=$(answer)" }]
      - job: never
        condition: eq(variables['SHARED'], 'something else')
        steps: [{ checkout: none }, { bash: echo no }]
  - stage: other
    dependsOn: []
    condition: eq(variables['Build.Reason'], 'PullRequest')
    jobs: [{ job: no, steps: [{ checkout: none }, { bash: echo no }] }]
`;

const retried = `
trigger: none
stages:
  - stage: dev
    jobs:
      - job: once
        steps:
          - checkout: none
          - bash: echo "##vso[task.setvariable variable=made;isOutput=true]in attempt $(System.StageAttempt)"
            name: out
      - job: second
        dependsOn: once
        variables: { made: "$[ dependencies.once.outputs['out.made'] ]" }
        steps:
          - checkout: none
          - bash: echo "made $(made), job attempt $(System.JobAttempt)"
          - bash: test $(System.StageAttempt) -gt 1
  - stage: prod
    jobs:
      - deployment: go
        environment: production
        strategy: { runOnce: { deploy: { steps: [{ bash: "echo to $(Environment.Name)" }] } } }
`;

const endless = `
trigger: none
steps:
  - checkout: none
  - bash: |
      touch $(Agent.TempDirectory)/began
      echo pid=$$
      sleep 600 & wait
`;

describe("stages and jobs", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "outputs.yml": outputs, "retried.yml": retried, "endless.yml": endless },
      seed: {
        definitions: [definition("outputs"), definition("retried"), definition("endless")],
        variableGroups: [
          {
            name: "common",
            variables: { SHARED: "shared", PASSWORD: "hunter2" },
            secret: ["PASSWORD"],
          },
        ],
      },
    });
  });
  after(() => pipelines.sandbox.close());

  it("hand outputs on, obey conditions, mask secrets", async () => {
    const { id } = await pipelines.start(1);
    assert.equal((await pipelines.ended(id)).result, "partiallySucceeded");
    assert.deepEqual(await pipelines.results(id, "Stage"), {
      first: "succeededWithIssues",
      second: "succeeded",
      other: "skipped",
    });
    assert.equal((await pipelines.results(id, "Job"))["never"], "skipped");
    const log = await pipelines.log(id);
    assert.match(log, /^answer=42$/m);
    assert.match(log, /^own=shared twice secret=\*\*\* group=\.$/m);
    // The script itself stands in the log from before the secret was known.
    assert.doesNotMatch(log, /secret=swordfish|hunter2/);
  });

  it("of a failed stage run again: what went well stays, the rest has a new attempt", async () => {
    const { id } = await pipelines.start(2);
    assert.equal((await pipelines.ended(id)).result, "failed");
    const before = await pipelines.records(id);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}/stages/dev`, {
      state: "retry",
      forceRetryAllJobs: false,
    });
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    const log = await pipelines.log(id);
    assert.match(log, /made in attempt 1, job attempt 2/);
    assert.match(log, /^to production$/m);
    const job = (name: string, among = before) =>
      among.find((one) => one.type === "Job" && one.name === name);
    const after = await pipelines.records(id);
    assert.equal(job("once", after)?.id, job("once")?.id);
    assert.notEqual(job("second", after)?.id, job("second")?.id);
    assert.equal(job("second", after)?.attempt, 2);
  });

  it("record a deployment with the Azure DevOps environment that it names", async () => {
    const root = "shop/_apis/distributedtask/environments";
    const { value } = await pipelines.rest.get<{ value: { id: number; name: string }[] }>(root);
    const environment = value.find(({ name }) => name === "production");
    const records = await pipelines.rest.get<{
      value: { stageName: string; result: string; definition: { name: string } }[];
    }>(`${root}/${environment?.id}/environmentdeploymentrecords?top=5`);
    assert.deepEqual(
      records.value.map((one) => [one.stageName, one.result, one.definition.name]),
      [["prod", "succeeded", "retried"]],
    );
  });

  it("end with their processes when the run is cancelled", async () => {
    const { id } = await pipelines.start(3);
    const pid = await eventually("the process", async () =>
      /^pid=(\d+)$/m.exec(await pipelines.log(id))?.at(1),
    );
    assert.ok(existsSync(`/proc/${pid}`));
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}`, { status: "cancelling" });
    assert.equal((await pipelines.ended(id)).result, "canceled");
    assert.ok(!existsSync(`/proc/${pid}`));
  });

  it("run from the commit that the run was made for", async () => {
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/app`;
    const text = "trigger: none\nsteps: [{ bash: cat outputs.yml }]\n";
    await gitPush(url, { files: { "endless.yml": text, "outputs.yml": "newest\n" } });
    const { id } = await pipelines.start(3);
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    assert.match(await pipelines.log(id), /^newest$/m);
  });
});
