import assert from "node:assert/strict";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 20: an app is removed from the delivery", () => {
  const app = (name: string) =>
    deployment({ name, namespace: "s20", image: `registry.fabrikam.com/${name}:1` });
  const both = { name: "shop", apps: { api: app("api"), web: app("web") } };
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [both],
      manifests: { "dev/namespace.yaml": namespaceFile("s20") },
      kustomizations: [{ name: "s20-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("goes from git and from the cluster; the run and what stays are green", async () => {
    const first = await deploy(world, {
      repository: "shop",
      files: { "deploy/web.yaml": `${app("web")}# again\n`, "README.md": "shop\n" },
    });
    await complete(world, first.pullRequest);
    assert.equal(await ended(world, first.run), "succeeded");
    assert.deepEqual(await deployments(), ["api", "web"]);

    const { files } = deliveryRepository({ ...both, apps: { api: both.apps.api } });
    const second = await deploy(world, {
      repository: "shop",
      files: { "fluxgate.yaml": files["fluxgate.yaml"] ?? "", "deploy/web.yaml": undefined },
    });
    await complete(world, second.pullRequest);
    assert.equal(await ended(world, second.run), "succeeded");
    assert.deepEqual(await deployments(), ["api"]);
  });

  async function deployments(): Promise<readonly string[]> {
    const names = await world.kubectl("get", "deployments", "-n", "s20", "-o", "name");
    return names
      .trim()
      .split("\n")
      .map((name) => name.replace(/^.*\//, ""))
      .sort();
  }
});
