import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 18: a failure heals within the grace", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s18", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/README.md": "No namespace yet.\n" },
      kustomizations: [
        { name: "s18-dev", path: "dev", environment: "dev", spec: { retryInterval: "2s" } },
      ],
      connector: { timings: { grace: "5m" } },
    });
  });
  after(() => world.close());

  it("says what fails meanwhile, and succeeds", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    await said(world, run, /ReconciliationFailed: .*s18/);

    const file = join(world.directory, "namespace.yaml");
    writeFileSync(file, namespaceFile("s18"));
    await world.kubectl("create", "--filename", file);
    assert.equal(await ended(world, run), "succeeded");
    await world.kubectl("delete", "namespace", "s18", "--wait=false");
  });
});
