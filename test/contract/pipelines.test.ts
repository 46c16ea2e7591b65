import assert from "node:assert/strict";
import { parse } from "yaml";
import { ask, type List, type Refusal } from "../support/target.ts";
import { openPipelines, type PipelinesTarget } from "./pipelines-target.ts";

const yaml = `
trigger: none
parameters: [{ name: word, type: string, default: hello, values: [hello, goodbye] }]
stages:
  - stage: one
    jobs: [{ job: wait, pool: server, steps: [{ task: Delay@1, inputs: { delayForMinutes: "1" } }] }]
  - stage: two
    jobs: [{ job: say, steps: [{ checkout: none }, { bash: "echo \${{ parameters.word }} $(more)" }] }]
`;

type Run = {
  readonly id: number;
  readonly state: string;
  readonly name: string;
  readonly resources: { readonly repositories: { readonly self: { readonly refName: string } } };
  readonly templateParameters: Readonly<Record<string, string>>;
};
type Plan = { readonly planId: string; readonly state: string };

describe("contract: pipelines, their runs and plans", function () {
  this.timeout(700_000);
  let target: PipelinesTarget;
  let pipeline: string;
  before(async () => {
    target = await openPipelines(yaml);
    pipeline = `${target.project}/_apis/pipelines/${target.definition.id}`;
  });
  after(() => target.remove());

  const start = (body: object) => ask<Run>(target, `${pipeline}/runs`, { method: "POST", body });

  it("list and describe a pipeline", async () => {
    const all = await ask<List<{ id: number; name: string }>>(
      target,
      `${target.project}/_apis/pipelines`,
    );
    assert.ok(all.json.value.some(({ id }) => id === target.definition.id));
    const one = await ask<{ configuration: { path: string; type: string } }>(target, pipeline);
    assert.deepEqual(
      [one.json.configuration.path, one.json.configuration.type],
      ["azure-pipelines.yml", "yaml"],
    );
  });

  it("preview the expanded YAML without a run", async () => {
    const body = { previewRun: true, templateParameters: { word: "goodbye" } };
    const { status, json } = await ask<{ finalYaml: string }>(target, `${pipeline}/preview`, {
      ...{ method: "POST", body },
    });
    assert.equal(status, 200);
    const { stages } = parse(json.finalYaml) as { stages: { stage: string }[] };
    assert.deepEqual(
      stages.map(({ stage }) => stage),
      ["one", "two"],
    );
    assert.match(json.finalYaml, /echo goodbye/);
  });

  it("refuse parameters that the YAML does not take", async () => {
    for (const templateParameters of [{ other: "x" }, { word: "welcome" }]) {
      const answer = await ask<Refusal>(target, `${pipeline}/runs`, {
        ...{ method: "POST", body: { templateParameters } },
      });
      assert.deepEqual([answer.status, answer.json.typeKey], [400, "PipelineValidationException"]);
    }
  });

  it("run with parameters, variables and without a stage", async () => {
    const { status, json } = await start({
      templateParameters: { word: "goodbye" },
      variables: { more: { value: "friend" } },
      stagesToSkip: ["one"],
    });
    assert.equal(status, 200);
    assert.equal(json.state, "inProgress");
    assert.equal(json.resources.repositories.self.refName, "refs/heads/main");
    assert.deepEqual(json.templateParameters, { word: "goodbye" });
    await target.ended(json.id);
    const logs = await ask<{ logs: { id: number }[] }>(target, `${pipeline}/runs/${json.id}/logs`);
    const texts = await Promise.all(
      logs.json.logs.map(({ id }) =>
        ask(target, `${target.project}/_apis/build/builds/${json.id}/logs/${id}`),
      ),
    );
    assert.ok(texts.some(({ text }) => text.includes("goodbye friend")));
  });

  it("show the plan of a run, take its log, its feed and its records' changes", async () => {
    const { json: run } = await start({});
    const build = await ask<{ orchestrationPlan: Plan; project: { id: string } }>(
      target,
      `${target.project}/_apis/build/builds/${run.id}`,
    );
    const { planId } = build.json.orchestrationPlan;
    const plan = `${build.json.project.id}/_apis/distributedtask/hubs/build/plans/${planId}`;
    const seen = await ask<Plan>(target, plan);
    assert.deepEqual([seen.status, seen.json.state], [200, "inProgress"]);
    const unknown = await ask<Refusal>(
      target,
      plan.replace(planId, "0".repeat(8) + planId.slice(8)),
    );
    assert.equal(unknown.json.typeKey, "TaskOrchestrationPlanNotFoundException");
    type Records = List<{ id: string; type: string; currentOperation: string | null }>;
    const records = `${plan}/timelines/${planId}/records`;
    const log = await ask<{ id: number }>(target, `${plan}/logs`, {
      ...{ method: "POST", body: { path: "logs\\x" } },
    });
    assert.ok(log.json.id > 0);
    const listed = await ask<Records>(target, records);
    const task = listed.json.value.find(({ type }) => type === "Task");
    if (task) {
      const body = { value: [{ id: task.id, currentOperation: "looking" }], count: 1 };
      const changed = await ask<Records>(target, records, { method: "PATCH", body });
      const after = changed.json.value.find(({ id }) => id === task.id);
      assert.equal(after?.currentOperation, "looking");
      const fed = await ask(target, `${records}/${task.id}/feed`, {
        ...{ method: "POST", body: { value: ["a line"], count: 1 } },
      });
      assert.ok(fed.status === 204 || fed.status === 200);
    }
    await ask(target, `${target.project}/_apis/build/builds/${run.id}`, {
      ...{ method: "PATCH", body: { status: "cancelling" } },
    });
    await target.ended(run.id);
  });
});
