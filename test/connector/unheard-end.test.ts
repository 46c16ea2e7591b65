import assert from "node:assert/strict";
import type { Mode } from "../../core/connector-config/config.ts";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import { createWaits } from "../../connector/reconcilers/waits.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { pipelinesWith, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { aConnector } from "./a-connector.ts";

// The job goes on after its first wait, as one does that did not hear of that wait's end.
const wait = `
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: dev }`;
const yaml = `
trigger: none
jobs:
  - job: wait
    pool: server
    timeoutInMinutes: 60
    steps:${wait}${wait}
`;

describe("a wait whose end was said, and not heard", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  let commits = 0;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml, "dev/a.yaml": "a: 0\n" } });
  });
  after(() => pipelines.sandbox.close());

  /** A run whose first wait was ended by a connector that was then killed. */
  async function halfEnded() {
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/app`;
    const files = { "dev/a.yaml": `a: ${(commits += 1)}\n` };
    const commit = await gitPush(url, { as: "admin", files });
    const run = await pipelines.start();
    await pipelines.waiting(run.id);
    await pipelines.complete(run.id, "succeeded");
    return { run, commit };
  }

  /** A new life of the connector, and what it says and finds. */
  async function restarted(mode: Mode) {
    const { sandbox } = pipelines;
    const { connector, repository, said } = await aConnector(sandbox, { mode, repository: "app" });
    const found: string[] = [];
    const { knows: known, holds, add } = createWaits(connector);
    const finder = createFinder(connector, {
      ...{ known, holds },
      found: (key, open) => {
        found.push(key);
        add(key, open);
      },
    });
    return { look: () => finder.byBuilds(repository), found, said };
  }
  const again = (said: readonly string[]) =>
    said.filter((line) => line === "The task's end was said again").length;

  async function letters(commit: string): Promise<readonly string[]> {
    const path = `shop/_apis/git/repositories/app/commits/${commit}/statuses`;
    const { value } = await pipelines.rest.get<{ value: readonly CommitStatus[] }>(path);
    return [...value].sort((a, b) => a.id - b.id).map(({ state }) => state);
  }

  it("is told the same end once more, then its letter is closed with it", async () => {
    const { run, commit } = await halfEnded();
    await pipelines.waiting(run.id);
    const { look, found, said } = await restarted("full");
    await look();
    assert.equal(again(said), 1, said.join("\n"));
    // The job's second wait is another one.
    assert.equal(found.length, 1);
    assert.deepEqual(await letters(commit), ["pending", "pending", "succeeded"]);
    await look();
    assert.equal(again(said), 1);
    await pipelines.complete(run.id, "failed");
    await pipelines.ended(run.id);
  });

  it("is left alone in every other mode", async () => {
    const { run, commit } = await halfEnded();
    await pipelines.waiting(run.id);
    const { look, said } = await restarted("statuses");
    await look();
    assert.equal(again(said), 0);
    assert.deepEqual(await letters(commit), ["pending", "pending"]);
    await pipelines.complete(run.id, "failed");
    await pipelines.ended(run.id);
  });
});
