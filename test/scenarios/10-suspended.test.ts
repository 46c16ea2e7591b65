import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitRecord } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 10: somebody has suspended the Kustomization", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s10", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s10") },
      kustomizations: [{ name: "s10-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("waits and says who suspended it, and goes on once it is resumed", async () => {
    await suspend(true);
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    const line = await said(world, run, /suspended by/);
    assert.match(line, /^Kustomization flux-system\/s10-dev: suspended by kubectl-patch since \d/);
    assert.equal((await waitRecord(world, run))?.state, "pending");

    await suspend(false);
    assert.equal(await ended(world, run), "succeeded");
  });

  const suspend = (suspended: boolean) =>
    world.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s10-dev"],
      ...["--namespace", "flux-system", "--type", "merge", "--patch"],
      JSON.stringify({ spec: { suspend: suspended } }),
    );
});
