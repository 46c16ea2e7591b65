import assert from "node:assert/strict";
import { pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

function yaml(timeoutInMinutes: number): string {
  return `
trigger: none
resources:
  repositories:
    - { repository: manifests, type: git, name: manifests }
stages:
  - stage: dev
    jobs:
      - job: make
        steps:
          - bash: echo "##vso[task.setvariable variable=commit;isOutput=true]$(git rev-parse HEAD)"
            name: out
      - job: wait
        dependsOn: make
        pool: server
        timeoutInMinutes: ${timeoutInMinutes}
        uses: { repositories: [manifests] }
        variables: { commit: "$[ dependencies.make.outputs['out.commit'] ]" }
        steps:
          - task: WaitForFlux@1
            inputs: { repository: app, commit: $(commit), delivery: shop, environment: dev }
      - job: after
        dependsOn: wait
        steps: [{ checkout: none }, { bash: echo went on }]
  - stage: prod
    jobs: [{ job: deploy, steps: [{ checkout: none }, { bash: echo prod }] }]
`;
}

const definition = (name: string) => ({
  name,
  project: "shop",
  repository: "app",
  yamlPath: `${name}.yml`,
});

describe("a server job that waits", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "long.yml": yaml(60), "short.yml": yaml(0.02) },
      repositories: { manifests: { "README.md": "" } },
      seed: { definitions: [definition("long"), definition("short")] },
    });
  });
  after(() => pipelines.sandbox.close());

  it("posts its letter as the project's build identity and shows as pending, with no agent", async () => {
    const { id, sourceVersion } = await pipelines.start();
    const { task, job } = await pipelines.waiting(id);
    assert.equal(job.state, "inProgress");
    assert.equal(task.state, "pending");
    const { value } = await pipelines.rest.get<{
      value: {
        targetUrl: string;
        context: { genre: string; name: string };
        createdBy: { descriptor: string };
      }[];
    }>(`shop/_apis/git/repositories/app/commits/${sourceVersion}/statuses`);
    const [letter] = value;
    assert.deepEqual(letter?.context, { genre: "fluxgate", name: "wait/shop/dev" });
    assert.match(letter.createdBy.descriptor, /^svc\./);
    const target = new URL(letter.targetUrl).searchParams;
    assert.deepEqual(
      [target.get("buildId"), target.get("j"), target.get("t")],
      [String(id), job.id, task.id],
    );
    await pipelines.complete(id, "succeeded");
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    assert.deepEqual(await pipelines.results(id, "Stage"), { dev: "succeeded", prod: "succeeded" });
  });

  it("fails the run when the task is completed as failed, and begins no later stage", async () => {
    const { id } = await pipelines.start();
    await pipelines.complete(id, "failed");
    assert.equal((await pipelines.ended(id)).result, "failed");
    assert.deepEqual(await pipelines.results(id, "Stage"), { dev: "failed", prod: "skipped" });
    assert.deepEqual(await pipelines.results(id, "Job"), {
      make: "succeeded",
      wait: "failed",
      after: "skipped",
    });
  });

  it("ends as cancelled when the run is cancelled", async () => {
    const { id } = await pipelines.start();
    await pipelines.waiting(id);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}`, { status: "cancelling" });
    assert.equal((await pipelines.ended(id)).result, "canceled");
    assert.equal((await pipelines.results(id, "Job"))["wait"], "canceled");
  });

  it("is cancelled with an error when its time is over", async () => {
    const { id } = await pipelines.start(2);
    assert.equal((await pipelines.ended(id)).result, "canceled");
    const job = (await pipelines.records(id)).find(
      ({ type, name }) => type === "Job" && name === "wait",
    );
    assert.match(job?.issues?.[0]?.message ?? "", /longer than the maximum time/);
  });

  it("takes no event for a plan that has ended", async () => {
    const { id } = await pipelines.start();
    const { task, job } = await pipelines.waiting(id);
    await pipelines.complete(id, "succeeded");
    const { plans, project } = await pipelines.ended(id);
    await assert.rejects(
      pipelines.rest.send(
        "POST",
        `${project.id}/_apis/distributedtask/hubs/build/plans/${plans[0]?.planId}/events`,
        { name: "TaskCompleted", jobId: job.id, taskId: task.id, result: "failed" },
      ),
      /answered 500/,
    );
  });

  it("lets the connector write its log and its progress, and leaves the state alone", async () => {
    const { id } = await pipelines.start();
    const { task } = await pipelines.waiting(id);
    const { plans, project } = await pipelines.build(id);
    const plan = `${project.id}/_apis/distributedtask/hubs/build/plans/${plans[0]?.planId}`;
    const log = await pipelines.rest.send<{ id: number }>("POST", `${plan}/logs`, {
      path: `logs\\${task.id}`,
    });
    const appended = await fetch(
      `${pipelines.sandbox.organisationUrl}/${plan}/logs/${log.id}?api-version=7.1`,
      {
        method: "POST",
        headers: {
          Authorization: "Bearer sandbox-connector",
          "Content-Type": "application/octet-stream",
        },
        body: "Waiting for the merge\nFlux applies it\n",
      },
    );
    assert.equal(appended.status, 200);
    await pipelines.rest.send("PATCH", `${plan}/timelines/${plans[0]?.planId}/records`, {
      value: [{ id: task.id, currentOperation: "Flux applies it", log: { id: log.id } }],
      count: 1,
    });
    assert.match(await pipelines.log(id), /Waiting for the merge\nFlux applies it/);
    const seen = (await pipelines.records(id)).find((one) => one.id === task.id);
    assert.equal(seen?.state, "pending");
    await pipelines.complete(id, "succeeded");
    await pipelines.ended(id);
  });
});
