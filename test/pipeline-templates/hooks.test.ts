import assert from "node:assert/strict";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";

const cd = `trigger: none
resources:
  pipelines:
    - { pipeline: ci, source: shop-ci, branch: main }
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: manifests, type: git, name: manifests }
stages:
  - template: cd.yml@templates
    parameters:
      delivery: shop
      manifestsRepository: manifests
      environments:
        - name: dev
          testSteps: [{ bash: mkdir results && cp scripts/results.xml results/TEST-1.xml, displayName: Tests }]
          testResults: results/TEST-*.xml
          failureSteps: [{ bash: echo told about it, displayName: Tell }]
        - name: prod
        - name: uat
`;
const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
artefact: ["scripts/**"]
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }, { name: prod }, { name: uat }]
`;
const results = `<testsuite name="shop">
  <testcase name="answers"/>
  <testcase name="pays"><failure message="no"/></testcase>
</testsuite>`;

describe("cd.yml: what runs after the wait and after a failure, and which run goes on", function () {
  this.timeout(240_000);
  let world: DeliveryWorld;
  before(async () => {
    world = await deliveryWorld({
      environments: [
        { name: "shop-prod", exclusiveLock: true },
        { name: "shop-uat", approvers: ["approver"] },
      ],
      files: {
        "cd.yml": cd,
        "fluxgate.yaml": delivery,
        "scripts/results.xml": results,
      },
    });
    const commit = await world.push({ "services/api/main": "2" });
    const ci = await world.ciOf(commit);
    assert.equal(ci.result, "succeeded", await world.pipelines.log(ci.id));
  });
  after(() => world.close());

  const resultOf = async (run: number, name: string) =>
    (await world.pipelines.records(run)).find((one) => one.name === name)?.result;

  it("publishes the tests' results, fails with them, and runs the failure's steps", async () => {
    const run = await world.start("cd");
    await world.pipelines.complete(run.id, "succeeded");
    assert.equal((await world.pipelines.ended(run.id)).result, "failed");
    const log = await world.pipelines.log(run.id);
    assert.match(log, /Read 2 tests of 1 files, 1 failed/);
    assert.match(log, /told about it/);
    assert.equal(await resultOf(run.id, "Publish the tests' results"), "failed");
    assert.equal(await resultOf(run.id, "After the failure"), "skipped");
    assert.equal(await resultOf(run.id, "prod"), "skipped");
  });

  it("runs the failure's steps where the deployment itself has failed", async () => {
    const run = await world.start("cd");
    await world.pipelines.complete(run.id, "failed");
    assert.equal((await world.pipelines.ended(run.id)).result, "failed");
    assert.equal(await resultOf(run.id, "After the failure"), "succeeded");
    assert.equal(await resultOf(run.id, "Tests"), undefined);
  });

  const patience = { withinMs: 120_000, everyMs: 200 };
  const startWithout = async (...stages: readonly string[]) => {
    const url = "shop/_apis/pipelines/2/runs";
    const body = { stagesToSkip: stages };
    return (await world.pipelines.rest.send<{ id: number }>("POST", url, body)).id;
  };
  const branchesOf = async (environment: string) =>
    (await world.openPullRequests())
      .map(({ sourceRefName }) => sourceRefName.replace("refs/heads/fluxgate/shop/", ""))
      .filter((name) => name.startsWith(`${environment}/`));
  const opens = (environment: string, run: number) =>
    eventually(
      `the one pull request of ${environment} to be of run ${run}`,
      async () => {
        const open = await branchesOf(environment);
        return (open.length === 1 && open[0] === `${environment}/${run}`) || undefined;
      },
      patience,
    );

  it("lets the newest run win where nothing is locked: it abandons the older one's request", async () => {
    const older = await startWithout("prod");
    await opens("dev", older);
    const newer = await startWithout("prod");
    await opens("dev", newer);
    assert.deepEqual(await branchesOf("dev"), [`dev/${newer}`]);
  });

  it("renders nothing before whoever has to has approved the environment's stage", async () => {
    const run = await startWithout("dev", "prod");
    const approvals = "shop/_apis/pipelines/approvals";
    const approval = await eventually(
      `run ${run} to wait for an approval`,
      async () => {
        const { value } = await world.pipelines.rest.get<{
          value: readonly { id: string; pipeline: { owner: { id: number } } }[];
        }>(`${approvals}?state=pending`);
        return value.find(({ pipeline }) => pipeline.owner.id === run);
      },
      patience,
    );
    assert.equal(await resultOf(run, "Render"), undefined);
    assert.deepEqual(await branchesOf("uat"), []);
    const approver = restOf(world.pipelines.sandbox, "approver");
    const decision = { approvalId: approval.id, status: "approved", comment: "" };
    await approver.send("PATCH", approvals, [decision]);
    await opens("uat", run);
  });

  it("brings a hotfix to prod alone where dev is left out of the run", async () => {
    const hotfix = await startWithout("dev");
    await opens("prod", hotfix);
    assert.equal(await resultOf(hotfix, "dev"), "skipped");

    // With an exclusive lock the one that has begun is finished first, its review included.
    const next = await startWithout("dev");
    await eventually(
      `run ${next} to wait for the lock`,
      async () =>
        (await world.pipelines.records(next)).find(
          ({ type, state }) => type === "Checkpoint.ExclusiveLock" && state === "inProgress",
        ),
      patience,
    );
    assert.deepEqual(await branchesOf("prod"), [`prod/${hotfix}`]);
    await eventually(
      `run ${hotfix} to wait for Flux`,
      async () =>
        (await world.pipelines.records(hotfix)).find(
          ({ task, state, startTime }) => task !== null && state === "pending" && startTime,
        ),
      patience,
    );
    await world.pipelines.complete(hotfix, "succeeded");
    await opens("prod", next);
  });
});
