import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 46: two deliveries bring the same object, both pull requests open", () => {
  const shared = (env: string) =>
    deployment({ name: "cache", namespace: "s46", image: "registry.fabrikam.com/cache:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [
        { name: "shop", apps: { shop: shared("shop") } },
        { name: "docs", apps: { docs: shared("docs") } },
      ],
      manifests: { "dev/namespace.yaml": namespaceFile("s46") },
      kustomizations: [{ name: "s46-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("fails the one that is merged second, and says which object; the first is not blamed", async () => {
    const first = await deploy(world, {
      repository: "shop",
      files: { "deploy/shop.yaml": shared("shop 2") },
    });
    const second = await deploy(world, {
      repository: "docs",
      files: { "deploy/docs.yaml": shared("docs 2") },
    });
    await complete(world, first.pullRequest);
    assert.equal(await ended(world, first.run), "succeeded");
    await complete(world, second.pullRequest);
    assert.equal(await ended(world, second.run), "failed");
    const log = (await waitLog(world, second.run)).join("\n");
    assert.match(log, /##\[error\].*BuildFailed.*cache/s);
  });
});
