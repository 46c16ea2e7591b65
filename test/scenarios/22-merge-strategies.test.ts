import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 22: whatever way the pull request is merged", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s22", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s22") },
      kustomizations: [{ name: "s22-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  for (const strategy of ["noFastForward", "squash", "rebase", "rebaseMerge"]) {
    it(`deploys by ${strategy}, the branch deleted before anybody has read the letter`, async () => {
      await world.stopConnector();
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(strategy) },
      });
      const merge = await complete(world, pullRequest, strategy);
      await world.startConnector();
      assert.equal(await ended(world, run), "succeeded");
      await statusBecomes(world, { commit: merge, name: "shop/dev", state: "succeeded" });
    });
  }
});
