import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitRecord } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 11: a Kustomization depends on another one", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s11", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: {
        "base/namespace.yaml": namespaceFile("s11"),
        "dev/README.md": "What runs in dev\n",
      },
      kustomizations: [
        { name: "s11-base", path: "base" },
        {
          ...{ name: "s11-dev", path: "dev", environment: "dev" },
          spec: { dependsOn: [{ name: "s11-base" }] },
        },
      ],
    });
  });
  after(() => world.close());

  const suspend = (suspended: boolean) =>
    world.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s11-base", "-n", "flux-system"],
      ...["--type", "merge", "--patch", JSON.stringify({ spec: { suspend: suspended } })],
    );

  it("waits as long as the other is not ready, and never fails for it", async () => {
    // What it depends on stays at an older revision.
    await suspend(true);
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    await said(world, run, /s11-base.*(not up to date|not ready)|DependencyNotReady/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    await suspend(false);
    assert.equal(await ended(world, run), "succeeded");
  });
});
