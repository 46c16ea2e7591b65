import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitRecord } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 26: the GitRepository is on a tag, a range of versions or another branch", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s26", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s26") },
      kustomizations: [{ name: "s26-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  const follow = (ref: object) =>
    world.kubectl(
      ...["patch", "gitrepositories.source.toolkit.fluxcd.io", "manifests", "-n", "flux-system"],
      ...["--type", "json", "--patch"],
      JSON.stringify([{ op: "replace", path: "/spec/ref", value: ref }]),
    );

  it("waits and says what it is on, and goes on once it follows the branch", async () => {
    await follow({ tag: "v1.0.0" });
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await complete(world, pullRequest);
    await said(world, run, /is on tag v1\.0\.0/);
    await follow({ semver: ">=1.0.0" });
    await said(world, run, /is on tags >=1\.0\.0/);
    await follow({ branch: "release" });
    await said(world, run, /is on branch release/);
    assert.equal((await waitRecord(world, run))?.state, "pending");

    await follow({ branch: "main" });
    assert.equal(await ended(world, run), "succeeded");
  });
});
