import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { as, deploy, ended, said, statusBecomes, waitRecord } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 7: the run is cancelled while it waits", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s7", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s7") },
      kustomizations: [{ name: "s7-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("closes the letter and leaves the pull request to people", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await said(world, run, /waiting for the merge/);

    await as(world, "developer").send("PATCH", `shop/_apis/build/builds/${run.id}`, {
      status: "cancelling",
    });

    assert.equal(await ended(world, run), "canceled");
    assert.equal((await waitRecord(world, run))?.result, "canceled");
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const closed = await statusBecomes(world, {
      commit: carrier,
      name: "wait/shop/dev",
      state: "failed",
    });
    assert.match(closed.description ?? "", /the task has ended/);
    assert.equal(closed.createdBy?.displayName, "Fluxgate connector");
  });
});
