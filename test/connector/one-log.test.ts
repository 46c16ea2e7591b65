import assert from "node:assert/strict";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import type { OpenWait } from "../../connector/reconcilers/open-wait.ts";
import { createWaits } from "../../connector/reconcilers/waits.ts";
import { pipelinesWith, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { aConnector } from "./a-connector.ts";

const yaml = `
trigger: none
jobs:
  - job: wait
    pool: server
    steps:
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: dev }
`;

describe("a connector that is started again", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml, "dev/a.yaml": "a: 0\n" } });
  });
  after(() => pipelines.sandbox.close());

  /** One life of it, with one look at the wait. */
  async function live(): Promise<OpenWait> {
    const { connector, repository } = await aConnector(pipelines.sandbox, {
      ...{ mode: "full", repository: "app" },
    });
    const found: [string, OpenWait][] = [];
    const finder = createFinder(connector, {
      ...{ known: () => false, holds: () => false, found: (...one) => void found.push(one) },
    });
    await finder.byBuilds(repository);
    const [[key, open] = assert.fail("no wait was found")] = found;
    const waits = createWaits(connector);
    waits.add(key, open);
    await waits.reconcile(key);
    return open;
  }

  it("goes on with the log that it began", async () => {
    const run = await pipelines.start();
    const { task } = await pipelines.waiting(run.id);
    const logOf = async () =>
      (await pipelines.records(run.id)).find(({ id }) => id === task.id)?.log?.id;
    // The service makes one where a task says something itself.
    const first = (await live()).log ?? (await logOf());
    assert.equal(typeof first, "number");
    assert.equal((await live()).log, first);
    assert.equal(await logOf(), first);
    await pipelines.complete(run.id, "failed");
    await pipelines.ended(run.id);
    const log = await pipelines.log(run.id);
    assert.equal(log.match(/^cluster west: does not answer/gm)?.length, 2, log);
  });
});
