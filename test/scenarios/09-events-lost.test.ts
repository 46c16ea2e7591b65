import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 9: no event of Flux ever arrives", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s9", image: "registry.fabrikam.com/api:slow-1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s9") },
      kustomizations: [{ name: "s9-dev", path: "dev", environment: "dev" }],
      // Nobody asks Flux to hurry either.
      connector: { nudge: false },
    });
  });
  after(() => world.close());

  it("deploys all the same: there is no bell, and Flux fetches at its own interval", async () => {
    const port = await eventually(
      "the connector's port",
      () => /"port":(\d+)/.exec(world.connectorText())?.[1],
    );
    const bell = await fetch(`http://127.0.0.1:${port}/flux`, { method: "POST", body: "{}" });
    assert.equal(bell.status, 404);

    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    const merge = await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    await statusBecomes(world, { commit: merge, name: "shop/dev", state: "succeeded" });
  });
});
