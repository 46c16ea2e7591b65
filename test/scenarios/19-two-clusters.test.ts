import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitLog, waitRecord } from "../support/actions.ts";
import { secondCluster, type SecondCluster } from "../support/second-cluster.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 19: an environment runs on two clusters", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s19", image: `registry.fabrikam.com/api:${tag}`, env });
  let world: World;
  let west: SecondCluster;
  before(async () => {
    west = await secondCluster();
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s19") },
      kustomizations: [{ name: "s19-dev", path: "dev", environment: "dev" }],
      connector: {
        clusters: [{ name: "west", kubeconfig: west.kubeconfig }],
        extra: {
          dev: {
            clusters: [
              { name: "local", active: true },
              { name: "west", active: true },
            ],
          },
        },
      },
    });
    await west.follow(world, [{ name: "s19-dev", path: "dev", environment: "dev" }]);
  });
  after(async () => {
    await world.close();
    await west.stop();
    await west.remove();
  });

  const release = async (env: string, tag?: string) => {
    const files = { "deploy/api.yaml": api(env, tag) };
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    await complete(world, pullRequest);
    return run;
  };
  const suspend = (suspended: boolean) =>
    west.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s19-dev", "-n", "flux-system"],
      ...["--type", "merge", "--patch", JSON.stringify({ spec: { suspend: suspended } })],
    );

  it("waits for the one that is behind, by its name, and passes once both are there", async () => {
    await suspend(true);
    const run = await release("2");
    await said(world, run, /^west: Kustomization flux-system\/s19-dev: suspended/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    await suspend(false);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    for (const cluster of ["local", "west"]) {
      assert.ok(log.includes(`${cluster}: Deployment s19/api: healthy`), log.join("\n"));
    }
  });

  it("fails where one of them fails, and says which", async () => {
    const run = await release("3", "broken-1");
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /##\[error\](local|west): Deployment s19\/api: .*ImagePullBackOff/);
  });

  it("is not green while one is silent: what it runs is unknown", async () => {
    await west.stop();
    // Its kubeconfig goes with it: the other cluster is served all the same.
    await west.remove();
    const run = await release("4");
    await said(world, run, /^local: Deployment s19\/api: healthy/);
    await said(world, run, /west.*does not answer/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
  });
});
