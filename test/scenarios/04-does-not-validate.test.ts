import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 4: the cluster refuses what was merged", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s4", image: "registry.fabrikam.com/api:1", env });
  const selector = "matchLabels: { app: api }";
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s4") },
      kustomizations: [{ name: "s4-dev", path: "dev", environment: "dev" }],
      // What no retry changes waits for no grace.
      connector: { timings: { grace: "10m" } },
    });
  });
  after(() => world.close());

  it("fails the run at once with the API server's reason", async () => {
    const first = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, first.pullRequest);
    assert.equal(await ended(world, first.run), "succeeded");

    const moved = api("3").replaceAll("{ app: api }", "{ app: api2 }");
    assert.notEqual(moved.includes(selector), true);
    const second = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": moved },
    });
    const merge = await complete(world, second.pullRequest);
    assert.equal(await ended(world, second.run), "failed");
    const last = (await waitLog(world, second.run)).at(-1) ?? "";
    assert.match(last, /^##\[error\]Kustomization flux-system\/s4-dev: .*field is immutable/);
    await statusBecomes(world, { commit: merge, name: "shop/dev", state: "failed" });
  });
});
