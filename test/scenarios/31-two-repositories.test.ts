import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, manifestFile } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 31: two code repositories deliver to one environment", () => {
  const app = (name: string, env: string) =>
    deployment({ name, namespace: "s31", image: "registry.fabrikam.com/app:1", env });
  let world: World;
  beforeEach(async () => {
    world = await startWorld({
      deliveries: [
        { name: "first", apps: { one: app("one", "1") } },
        { name: "second", apps: { two: app("two", "1") } },
      ],
      manifests: { "dev/namespace.yaml": namespaceFile("s31") },
      kustomizations: [{ name: "s31-dev", path: "dev", environment: "dev" }],
    });
  });
  afterEach(() => world.close());

  for (const order of ["as they were opened", "the other way round"] as const) {
    it(`deploys both when their pull requests are merged ${order}`, async () => {
      const first = await deploy(world, {
        repository: "first",
        files: { "deploy/one.yaml": app("one", "2") },
      });
      const second = await deploy(world, {
        repository: "second",
        files: { "deploy/two.yaml": app("two", "2") },
      });
      const merges = [first, second];
      if (order === "the other way round") merges.reverse();
      for (const { pullRequest } of merges) await complete(world, pullRequest);

      assert.equal(await ended(world, first.run), "succeeded");
      assert.equal(await ended(world, second.run), "succeeded");
      for (const name of ["one", "two"]) {
        const file = `dev/${name}/s31_apps_v1_deployment_${name}.yaml`;
        assert.match(await manifestFile(world, file), /value: "2"/);
      }
    });
  }
});
