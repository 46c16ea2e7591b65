import assert from "node:assert/strict";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const set = (text: string) =>
  `bash: echo "##vso[task.setvariable variable=v;isOutput=true]${text}"`;

const matrix = `
trigger: none
jobs:
  - job: plan
    steps:
      - checkout: none
      - bash: echo "##vso[task.setvariable variable=legs;isOutput=true]{'c':{'word':'see'}}" | tr "'" '"'
        name: out
  - job: fixed
    strategy:
      maxParallel: 1
      matrix: { a: { word: ay }, b: { word: bee } }
    steps:
      - checkout: none
      - ${set("$(word)")}
        name: out
  - job: made
    dependsOn: plan
    strategy: { matrix: "$[ dependencies.plan.outputs['out.legs'] ]" }
    steps: [{ checkout: none }, { bash: "echo made $(word)" }]
  - job: cut
    strategy: { parallel: 2 }
    steps: [{ checkout: none }, { bash: "echo part $(System.JobPositionInPhase) of $(System.TotalJobsInPhase)" }]
  - job: after
    dependsOn: fixed
    variables: { b: "$[ dependencies.fixed.outputs['b.out.v'] ]" }
    steps: [{ checkout: none }, { bash: "echo after $(b)" }]
`;

const hooks = `
trigger: none
stages:
  - stage: deploy
    jobs:
      - deployment: web
        environment: production
        strategy:
          runOnce:
            preDeploy: { steps: [{ bash: echo before }] }
            deploy:
              steps:
                - ${set("deployed")}
                  name: out
            routeTraffic: { steps: [{ bash: echo route }] }
            on:
              success: { steps: [{ bash: echo went well }] }
              failure: { steps: [{ bash: echo went wrong }] }
      - job: same
        dependsOn: web
        variables: { v: "$[ dependencies.web.outputs['web.out.v'] ]" }
        steps: [{ checkout: none }, { bash: "echo same $(v)" }]
  - stage: later
    condition: eq(dependencies.deploy.outputs['web.web.out.v'], 'deployed')
    variables: { v: "$[ stageDependencies.deploy.web.outputs['web.out.v'] ]" }
    jobs:
      - job: read
        steps: [{ checkout: none }, { bash: "echo later $(v)" }]
  - stage: broken
    dependsOn: []
    jobs:
      - deployment: bad
        environment: production
        strategy:
          runOnce:
            deploy: { steps: [{ bash: exit 1 }] }
            routeTraffic: { steps: [{ bash: echo never routed }] }
            on: { failure: { steps: [{ bash: echo mended }] } }
  - stage: graph
    dependsOn: [broken, deploy]
    condition: failed('broken')
    jobs:
      - { job: a, condition: "false", steps: [{ checkout: none }] }
      - { job: b, dependsOn: a, condition: always(), steps: [{ checkout: none }, { bash: echo }] }
      - { job: c, dependsOn: b, steps: [{ checkout: none }] }
`;

const files = `
trigger: none
name: \${{ variables['Build.DefinitionName'] }}-$(major).$(minor)$(Rev:.r)
variables:
  major: 3
  minor: $[ counter('m', 7) ]
stages:
  - stage: make
    jobs:
      - job: make
        steps:
          - checkout: none
          - bash: mkdir -p out/sub && echo a > out/a.txt && echo b > out/sub/b.md
          - publish: out
            artifact: made
  - stage: use
    jobs:
      - job: some
        steps:
          - checkout: none
          - download: current
            artifact: made
            patterns: "**/*.md"
          - bash: cd "$(Pipeline.Workspace)/made" && find . -type f
      - deployment: all
        environment: dev
        strategy: { runOnce: { deploy: { steps: [{ bash: "cat $(Pipeline.Workspace)/made/a.txt" }] } } }
`;

describe("strategies", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "matrix.yml": matrix, "hooks.yml": hooks, "files.yml": files },
      seed: { definitions: definitionsOf("matrix", "hooks", "files") },
    });
  });
  after(() => pipelines.sandbox.close());

  it("run a job for every leg of a matrix, written or made by a job before, and in parts", async () => {
    const { id } = await pipelines.start(1);
    assert.equal((await pipelines.ended(id)).result, "succeeded", await pipelines.log(id));
    const jobs = Object.keys(await pipelines.results(id, "Job")).sort();
    assert.deepEqual(jobs, ["after", "cut 1", "cut 2", "fixed a", "fixed b", "made c", "plan"]);
    const log = await pipelines.log(id);
    for (const line of ["made see", "part 2 of 2", "after bee"]) {
      assert.match(log, new RegExp(`^${line}$`, "m"));
    }
  });

  it("run the hooks of a deployment in their order and hand its outputs on", async () => {
    const { id } = await pipelines.start(2);
    assert.equal((await pipelines.ended(id)).result, "failed");
    const log = await pipelines.log(id);
    for (const line of ["before", "route", "went well", "same deployed", "later deployed"]) {
      assert.match(log, new RegExp(`^${line}$`, "m"));
    }
    assert.match(log, /^mended$/m);
    assert.doesNotMatch(log, /^(went wrong|never routed)$/m);
    const jobs = await pipelines.results(id, "Job");
    assert.equal(jobs["web PreDeploy"], "succeeded");
    assert.deepEqual(
      ["a", "b", "c"].map((job) => jobs[job]),
      // What was skipped counts for everything that depends on it, directly or not.
      ["skipped", "succeeded", "skipped"],
    );
  });

  it("download the artefacts that a deployment needs, and by pattern where asked", async () => {
    const { id } = await pipelines.start(3);
    const run = await pipelines.ended(id);
    assert.equal(run.result, "succeeded", await pipelines.log(id));
    assert.equal(run.buildNumber, "files-3.7.1");
    const log = await pipelines.log(id);
    assert.match(log, /^\.\/sub\/b\.md$/m);
    assert.doesNotMatch(log, /^\.\/a\.txt$/m);
    assert.match(log, /^a$/m);
    const second = await pipelines.ended((await pipelines.start(3)).id);
    assert.equal(second.buildNumber, "files-3.8.1");
  });
});
