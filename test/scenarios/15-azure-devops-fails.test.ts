import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, statusBecomes, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 15: Azure DevOps throttles and fails for a while", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s15", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s15") },
      kustomizations: [{ name: "s15-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("ends no run, doubles nothing, and goes on where it was", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await said(world, run, /waiting for the merge/);
    const commit = await complete(world, pullRequest);
    const { faults } = world.sandbox.organisation();
    // Whoever asks meets them, this test too.
    faults.throttle = { remaining: 25, retryAfterSeconds: 1 };
    faults.unavailable = { remaining: 40 };
    faults.drop = { remaining: 20 };
    assert.equal(await ended(world, run), "succeeded");
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });
    const log = await waitLog(world, run);
    const last = log.filter((line) => / is deployed in dev and healthy$/.test(line));
    assert.equal(last.length, 1, log.join("\n"));
  });
});
