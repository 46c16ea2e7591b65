import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { eventually } from "../support/eventually.ts";
import { gitPush } from "../support/git-push.ts";
import { definitionsOf, pipelinesWith, type Build, type Pipelines } from "./pipelines-harness.ts";

const quick = "steps: [{ checkout: none }, { bash: echo done }]\n";

const app = {
  "ci.yml": `trigger:\n  branches: { include: [main, release/*] }\n  paths: { include: [src], exclude: [src/docs] }\n${quick}`,
  "cd.yml": `trigger: none\nresources:\n  pipelines:\n    - { pipeline: ci, source: ci, trigger: { branches: { include: [main] } } }\nsteps: [{ checkout: none }, { bash: "echo from $(resources.pipeline.ci.runID)" }]\n`,
  "batch.yml": `trigger: { batch: true, branches: { include: [batched] } }\nsteps: [{ checkout: none }, { bash: "while [ ! -f /tmp/fluxgate-batch-${process.pid} ]; do sleep 0.1; done" }]\n`,
  "tags.yml": `trigger: { tags: { include: [v*], exclude: [v*-rc] } }\n${quick}`,
  "other.yml": `trigger: none\nresources:\n  repositories:\n    - { repository: lib, type: git, name: lib, trigger: { branches: { include: [main] } } }\nsteps: [{ checkout: lib }, { bash: "cat file" }]\n`,
  "src/main.js": "1\n",
};

describe("what starts a run", () => {
  let pipelines: Pipelines;
  let url: string;
  before(async () => {
    pipelines = await pipelinesWith({
      app,
      repositories: { lib: { file: "one\n" } },
      seed: { definitions: definitionsOf("ci", "cd", "batch", "tags", "other") },
    });
    url = `${pipelines.sandbox.organisationUrl}/shop/_git/app`;
  });
  after(() => pipelines.sandbox.close());

  /** Runs of the pushed commit, once the runs that it must start are there. */
  async function runsOf(commit: string, wanted: number): Promise<readonly Build[]> {
    await eventually(`${wanted} runs of ${commit}`, async () => {
      const found = (await pipelines.builds()).filter((one) => one.sourceVersion === commit);
      return found.length >= wanted ? found : undefined;
    });
    return settled(commit);
  }
  async function settled(commit: string): Promise<readonly Build[]> {
    return eventually(`the end of the runs of ${commit}`, async () => {
      const found = (await pipelines.builds()).filter((one) => one.sourceVersion === commit);
      return found.every(({ status }) => status === "completed") ? found : undefined;
    });
  }

  it("is a push to a branch and path of the trigger, and the end of the run of a resource", async () => {
    const commit = await gitPush(url, { files: { "src/main.js": "2\n" } });
    const runs = await runsOf(commit, 2);
    const started = runs.map(({ definition: { name }, reason }) => `${name} ${reason}`).sort();
    assert.deepEqual(started, ["cd resourceTrigger", "ci individualCI"]);
    const [ciRun, cdRun] = ["ci", "cd"].map((name) =>
      runs.find(({ definition: one }) => one.name === name),
    );
    assert.match(await pipelines.log(cdRun?.id ?? 0), new RegExp(`from ${ciRun?.id}$`, "m"));
  });

  it("is no push elsewhere, to other paths, or whose message says so", async () => {
    const others = [
      await gitPush(url, { files: { "README.md": "x\n" } }),
      await gitPush(url, { files: { "src/docs/a.md": "x\n" } }),
      await gitPush(url, { files: { "src/main.js": "3\n" }, message: "Change [skip ci]" }),
    ];
    // What a later push starts shows that the earlier ones are through.
    const commit = await gitPush(url, { files: { "src/main.js": "4\n" } });
    await runsOf(commit, 2);
    const seen = new Set((await pipelines.builds()).map(({ sourceVersion }) => sourceVersion));
    assert.deepEqual(
      others.filter((one) => seen.has(one)),
      [],
    );
  });

  it("is a push with YAML that cannot be read: the run fails and says where", async () => {
    const commit = await gitPush(url, { files: { "ci.yml": "steps:\n  - bash: [\n" } });
    const [run] = await runsOf(commit, 1);
    assert.equal(run?.result, "failed");
    assert.match(run.validationResults[0]?.message ?? "", /^\/ci\.yml \(Line: \d+, Col: \d+\): /);
    await gitPush(url, { files: { "ci.yml": app["ci.yml"] }, message: "Mend [skip ci]" });
  });

  it("is one push after the other where they are batched", async () => {
    const root = "shop/_apis/git/repositories/app";
    const { value } = await pipelines.rest.get<{ value: { objectId: string }[] }>(
      `${root}/refs?filter=heads/main`,
    );
    const from = value[0]?.objectId ?? "";
    const zeros = "0".repeat(40);
    const name = "refs/heads/batched";
    await pipelines.rest.send("POST", `${root}/refs`, [
      { name, oldObjectId: zeros, newObjectId: from },
    ]);
    const commits = [];
    for (const text of ["1", "2", "3"]) {
      commits.push(await gitPush(url, { branch: "batched", files: { file: text } }));
    }
    const batch = async () =>
      (await pipelines.builds()).filter(({ definition: { name: one } }) => one === "batch");
    // What a later push starts shows that these are through.
    await runsOf(await gitPush(url, { files: { "src/main.js": "5\n" } }), 2);
    assert.equal((await batch()).length, 1);
    const gate = `/tmp/fluxgate-batch-${process.pid}`;
    writeFileSync(gate, "");
    const last = commits.at(-1) ?? "";
    await runsOf(last, 1);
    rmSync(gate);
    assert.deepEqual(
      (await batch()).map(({ sourceVersion, reason }) => [sourceVersion, reason]),
      [
        [last, "batchedCI"],
        [commits[0], "batchedCI"],
      ],
    );
  });

  it("is a tag, and a push to another repository that the YAML names", async () => {
    const root = "shop/_apis/git/repositories/app";
    const newObjectId = await gitPush(url, { files: { "README.md": "tagged\n" } });
    for (const name of ["refs/tags/v1-rc", "refs/tags/v1"]) {
      await pipelines.rest.send("POST", `${root}/refs`, [
        { name, oldObjectId: "0".repeat(40), newObjectId },
      ]);
    }
    await gitPush(url.replace(/app$/, "lib"), { files: { file: "two\n" } });
    const of = (name: string) =>
      eventually(`a run of ${name}`, async () =>
        (await pipelines.builds()).find((one) => one.definition.name === name),
      );
    assert.equal((await of("tags")).sourceBranch, "refs/tags/v1");
    const { id } = await of("other");
    await pipelines.ended(id);
    assert.match(await pipelines.log(id), /^two$/m);
  });

  it("is a person who asks for a branch", async () => {
    const run = await pipelines.rest.send<{ id: number }>(
      "POST",
      "shop/_apis/pipelines/1/runs?api-version=7.1",
      { resources: { repositories: { self: { refName: "refs/heads/main" } } } },
    );
    const { reason, sourceBranch } = await pipelines.ended(run.id);
    assert.deepEqual([reason, sourceBranch], ["manual", "refs/heads/main"]);
  });
});
