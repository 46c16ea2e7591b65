import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, push, said, waitLog } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 12: a force push removes the commit", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s12", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s12") },
      kustomizations: [
        { name: "s12-dev", path: "dev", environment: "dev", spec: { suspend: true } },
      ],
    });
  });
  after(() => world.close());

  it("fails the run: what it waits for will never come", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    const merge = await complete(world, pullRequest);
    await said(world, run, /suspended/);

    const before = pullRequest.lastMergeTargetCommit?.commitId ?? "";
    await push(world, "manifests", { files: {}, resetTo: before, as: "admin" });

    assert.equal(await ended(world, run), "failed");
    assert.equal(
      (await waitLog(world, run)).at(-1),
      `##[error]${merge.slice(0, 8)} is no longer on main: somebody has rewritten the branch`,
    );
  });
});
