import assert from "node:assert/strict";
import type { Mode } from "../../core/connector-config/config.ts";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import { createWaits } from "../../connector/reconcilers/waits.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { eventually } from "../support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { pipelinesWith, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { aConnector } from "./a-connector.ts";

// A pipeline in the manifests repository itself: its own commit is the carrier.
const yaml = `
trigger: none
jobs:
  - job: wait
    pool: server
    timeoutInMinutes: 60
    steps:
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: dev }
`;

describe("the connector's modes and a paused pipeline", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  let runs = 1;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml, "dev/a.yaml": "a: 1\n" } });
  });
  after(() => pipelines.sandbox.close());

  /** A run that waits, and a connector that has found it. */
  async function found(mode: Mode) {
    const { sandbox } = pipelines;
    const url = `${sandbox.organisationUrl}/shop/_git/app`;
    const commit = await gitPush(url, {
      as: "admin",
      files: { "dev/a.yaml": `a: ${(runs += 1)}\n` },
    });
    const run = await pipelines.start();
    await pipelines.waiting(run.id);
    const { connector, repository, said } = await aConnector(sandbox, { mode, repository: "app" });
    const waits = createWaits(connector);
    const keys: string[] = [];
    const finder = createFinder(connector, {
      known: waits.knows,
      holds: waits.holds,
      found: (key, open) => {
        keys.push(key);
        waits.add(key, open);
      },
    });
    const reads = async () => {
      const { values } = await connector.metrics.calls.get();
      return values.reduce((sum, { value }) => sum + value, 0);
    };
    await finder.byBuilds(repository);
    assert.equal(keys.length, 1, said.join("\n"));
    const before = await reads();
    await finder.byBuilds(repository);
    assert.equal(keys.length, 1);
    const again = (await reads()) - before;
    assert.ok(again <= 2, `${again} calls: the builds, and the timeline of the one that waits`);
    return { run, commit, connector, said, look: () => waits.reconcile(keys[0] ?? ""), url };
  }

  /** The commit is taken from the branch: nothing can deploy it any more. */
  async function forcedAway(url: string): Promise<void> {
    await gitPush(url, { as: "admin", files: {}, resetTo: "HEAD~1" });
  }

  for (const mode of ["observe", "statuses"] as const) {
    it(`leaves it alone in mode ${mode}, and says what it would say once`, async () => {
      const { run, said, look, url } = await found(mode);
      assert.equal(typeof (await look()), "number");
      await look();
      await forcedAway(url);
      const wouldSay = () => said.filter((line) => line.startsWith("Would say: "));
      await eventually("another verdict", async () => {
        assert.equal(typeof (await look()), "number");
        return wouldSay().length > 1 ? true : undefined;
      });
      await look();
      const would = wouldSay();
      assert.equal(would.length, 2, would.join("\n"));
      assert.match(would[1] ?? "", /is no longer on main: somebody has rewritten the branch/);
      assert.equal((await pipelines.waiting(run.id)).task.state, "pending");
      assert.doesNotMatch(await pipelines.log(run.id), /on main/);
      await pipelines.complete(run.id, "failed");
      await pipelines.ended(run.id);
      await eventually("its end to be seen", async () =>
        (await look()) === undefined ? true : undefined,
      );
    });
  }

  it("closes its letter as the task has ended, where somebody else ended it", async () => {
    const { run, commit, look } = await found("full");
    await pipelines.complete(run.id, "succeeded");
    await pipelines.ended(run.id);
    await eventually("its end to be seen", async () =>
      (await look()) === undefined ? true : undefined,
    );
    assert.deepEqual(await letters(commit), ["pending", "succeeded"]);
  });

  it("does not say the end again when only the letter could not be closed", async () => {
    const { run, commit, look, url } = await found("full");
    await look();
    await forcedAway(url);
    const { faults } = pipelines.sandbox.organisation();
    Object.assign(faults, { path: /\/commits\/[0-9a-f]+\/statuses/, method: "POST" });
    faults.unavailable.remaining = 1;
    const refused = await eventually("the look that fails", () =>
      look().then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    assert.ok(refused instanceof Error);
    assert.equal((await pipelines.ended(run.id)).result, "failed");
    assert.equal(await look(), undefined);
    assert.deepEqual(await letters(commit), ["pending", "failed"]);
    const said = (await pipelines.log(run.id)).match(/##\[error\]/g);
    assert.equal(said?.length, 1);
  });

  async function letters(commit: string): Promise<readonly string[]> {
    const path = `shop/_apis/git/repositories/app/commits/${commit}/statuses`;
    const { value } = await pipelines.rest.get<{ value: readonly CommitStatus[] }>(path);
    return [...value].sort((a, b) => a.id - b.id).map(({ state }) => state);
  }

  it("writes into its log and ends it in mode full", async () => {
    const { run, connector, look, url } = await found("full");
    assert.equal(typeof (await look()), "number");
    assert.equal((await connector.metrics.waits.get()).values[0]?.value, 1);
    await forcedAway(url);
    await eventually("its end", async () => ((await look()) === undefined ? true : undefined));
    assert.equal((await pipelines.ended(run.id)).result, "failed");
    assert.match(await pipelines.log(run.id), /##\[error\].*is no longer on main/);
    assert.equal((await connector.metrics.waits.get()).values[0]?.value, 0);
    assert.equal(await look(), undefined);
  });
});
