import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, push, said, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 47: somebody pushes to the run's branch after the approval", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s47", image: `registry.fabrikam.com/api:${tag}`, env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s47") },
      kustomizations: [{ name: "s47-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("judges what was merged, not what was approved: the run fails with its reason", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await said(world, run, /waiting for the merge/);
    await push(world, "manifests", {
      branch: pullRequest.sourceRefName.replace("refs/heads/", ""),
      files: { "dev/api/s47_apps_v1_deployment_api.yaml": api("2", "broken-1") },
      as: "admin",
    });
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /##\[error\]Deployment s47\/api: .*ImagePullBackOff/);
  });
});
