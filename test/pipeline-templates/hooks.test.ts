import assert from "node:assert/strict";
import { eventually } from "../../sandbox/test/support/eventually.ts";
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
`;
const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
artefact: ["scripts/**"]
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }, { name: prod }]
`;
const results = `<testsuite name="shop">
  <testcase name="answers"/>
  <testcase name="pays"><failure message="no"/></testcase>
</testsuite>`;

describe("cd.yml: what runs after the wait, and after a failure", function () {
  this.timeout(240_000);
  let world: DeliveryWorld;
  before(async () => {
    world = await deliveryWorld({
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

  it("brings a hotfix to prod alone where dev is left out of the run", async () => {
    const { rest } = world.pipelines;
    const { id } = await rest.send<{ id: number }>("POST", "shop/_apis/pipelines/2/runs", {
      stagesToSkip: ["dev"],
    });
    await eventually(
      "a pull request for prod",
      async () => {
        const open = await world.openPullRequests();
        return (
          open.some(({ sourceRefName }) => sourceRefName.endsWith(`/shop/prod/${id}`)) || undefined
        );
      },
      patience,
    );
    assert.equal(await resultOf(id, "dev"), "skipped");
  });
});
