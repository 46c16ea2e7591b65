import assert from "node:assert/strict";
import { monotonicNow } from "../../clients/monotonic.ts";
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
    timeoutInMinutes: 60
    steps:
      - task: WaitForFlux@1
        inputs:
          { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: dev, timeoutInMinutes: 10 }
`;
const minute = 60_000;

describe("a wait whose letter names a time-out", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml, "dev/a.yaml": "a: 0\n" } });
  });
  after(() => pipelines.sandbox.close());

  it("ends by then, counted from the job's start, a minute before the service would end it", async () => {
    const { connector, repository } = await aConnector(pipelines.sandbox, {
      ...{ mode: "full", repository: "app" },
    });
    const run = await pipelines.start();
    const { job } = await pipelines.waiting(run.id);
    const found: [string, OpenWait][] = [];
    const finder = createFinder(connector, {
      ...{ known: () => false, holds: () => false, found: (...one) => void found.push(one) },
    });
    await finder.byBuilds(repository);
    const [[key, open] = assert.fail("no wait was found")] = found;
    const ends = Date.now() + open.wait.deadline - monotonicNow();
    const expected = Date.parse(job.startTime ?? "") + 9 * minute;
    // The service tells its time in whole seconds.
    assert.ok(Math.abs(ends - expected) < 3_000, `${(ends - expected) / 1000} s beside`);

    const end = async (deadline: number) => {
      const waits = createWaits(connector);
      waits.add(key, { ...open, wait: { ...open.wait, deadline } });
      return waits.reconcile(key);
    };
    assert.notEqual(await end(monotonicNow() + minute), undefined);
    assert.equal((await pipelines.build(run.id)).status, "inProgress");
    assert.equal(await end(monotonicNow()), undefined);
    assert.equal((await pipelines.ended(run.id)).result, "canceled");
    assert.match(await pipelines.log(run.id), /retry this stage to go on waiting/);
  });
});
