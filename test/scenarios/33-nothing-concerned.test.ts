import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitRecord } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 33: nothing in the cluster deploys what changed", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s33", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s33") },
      // It builds the folder, and belongs to no environment.
      kustomizations: [{ name: "s33-dev", path: "dev" }],
      connector: { environments: ["dev"] },
    });
  });
  after(() => world.close());

  it("waits and says which label is missing, and goes on once it is there", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    const line = await said(world, run, /nothing there deploys what changed in dev/);
    assert.match(line, /^cluster local: /);
    assert.match(line, /Kustomization flux-system\/s33-dev builds from it/);
    assert.equal((await waitRecord(world, run))?.state, "pending");

    await world.kubectl(
      ...["label", "kustomizations.kustomize.toolkit.fluxcd.io", "s33-dev"],
      ...["--namespace", "flux-system", "fluxgate.dev/environment=dev"],
    );
    assert.equal(await ended(world, run), "succeeded");
  });
});
