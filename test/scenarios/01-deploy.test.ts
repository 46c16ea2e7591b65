import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import {
  complete,
  deploy,
  ended,
  manifestFile,
  readPullRequest,
  said,
  statusBecomes,
  statuses,
  waitLog,
  waitRecord,
} from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 1: a change is deployed to one environment", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s1", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s1") },
      kustomizations: [{ name: "s1-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("pauses without an agent, and goes on when Flux has applied the merge", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    assert.equal((await waitRecord(world, run))?.state, "pending");
    await said(world, run, /waiting for the merge of pull request !1/);

    const merge = await complete(world, pullRequest);

    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    assert.ok(log.includes("Deployment s1/api: healthy"), log.join("\n"));
    assert.match(log.at(-1) ?? "", new RegExp(`^${merge.slice(0, 8)} is deployed in dev`));
    assert.equal((await readPullRequest(world, pullRequest.pullRequestId)).status, "completed");
    const file = await manifestFile(world, "dev/api/s1_apps_v1_deployment_api.yaml");
    assert.match(file, /value: "2"/);
    const live = await world.kubectl("get", "deployment", "api", "--namespace", "s1", "-o", "json");
    assert.match(live, /"value": "2"/);

    for (const name of ["dev", "shop/dev", "dev/local/Kustomization/flux-system/s1-dev"]) {
      const last = await statusBecomes(world, { commit: merge, name, state: "succeeded" });
      assert.equal(last.createdBy?.displayName, "Fluxgate connector");
      const states = (await statuses(world, merge))
        .filter(({ context }) => context.name === name)
        .map(({ state }) => state);
      assert.ok(!states.includes("failed"), `${name}: ${states.join(", ")}`);
    }
    await statusBecomes(world, {
      ...{ commit: run.sourceVersion, repository: "shop" },
      ...{ name: "deployed/dev", state: "succeeded" },
    });
    assert.deepEqual(world.sandbox.unhandled(), []);
  });
});
