import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statusBecomes, statuses, waitLog } from "../support/actions.ts";
import { metricBecomes } from "../support/connector-metric.ts";
import { flappingApi, type FlappingApi } from "../support/flapping-api.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 41: the connection to the Kubernetes API flaps", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s41", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  let line: FlappingApi;
  before(async () => {
    line = await flappingApi();
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s41") },
      kustomizations: [{ name: "s41-dev", path: "dev", environment: "dev" }],
      connector: { kubeconfig: line.kubeconfig, timings: { grace: "20s" } },
    });
  });
  after(async () => {
    await world.close();
    await line.close();
  });

  it("ends no run and turns no status while it is shorter than the grace", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    line.cut();
    const commit = await complete(world, pullRequest);
    line.mend();
    for (let count = 0; count < 5; count += 1) line.drop();
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });
    await statusBecomes(world, { commit, name: "dev", state: "succeeded" });

    const before = await statuses(world, commit);
    line.cut();
    await line.refused(3);
    line.mend();
    await line.served(3);
    assert.deepEqual(await statuses(world, commit), before);
  });

  it("is told by a metric for as long as it is away, and is no error before it was asked", async () => {
    const silent = 'fluxgate_cluster_silent{cluster="local"}';
    await metricBecomes(world, silent, 0);
    line.cut();
    await metricBecomes(world, silent, 1);
    line.mend();
    await metricBecomes(world, silent, 0);
    assert.doesNotMatch(
      world.connectorText(),
      /Failed to watch cluster local: it was not read yet/,
    );
  });
});
