import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { buildOf, complete, deploy, ended, statusBecomes } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 25: health regresses after the run has ended", () => {
  const image = (tag: string) => `registry.fabrikam.com/api:${tag}`;
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s25", image: image("1"), env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s25") },
      kustomizations: [
        // Flux must not mend by itself what this test breaks.
        { name: "s25-dev", path: "dev", environment: "dev", spec: { interval: "1h" } },
      ],
    });
  });
  after(() => world.close());

  it("turns the commit's status, and back; the run stays what it was", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    const commit = await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });

    await setImage("broken-1");
    const failed = await statusBecomes(world, { commit, name: "shop/dev", state: "failed" });
    assert.match(failed.description ?? "", /Deployment s25\/api: .*ImagePullBackOff/);
    await statusBecomes(world, { commit, name: "dev", state: "failed" });

    await setImage("1");
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });
    await statusBecomes(world, { commit, name: "dev", state: "succeeded" });
    assert.equal((await buildOf(world, run)).result, "succeeded");
  });

  const setImage = (tag: string) =>
    world.kubectl("set", "image", "-n", "s25", "deployment/api", `main=${image(tag)}`);
});
