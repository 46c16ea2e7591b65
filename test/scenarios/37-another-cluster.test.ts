import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, waitLog } from "../support/actions.ts";
import { secondCluster, type SecondCluster } from "../support/second-cluster.ts";
import { fluxForm } from "../support/shared-cluster.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 37: a Kustomization acts in another cluster (spec.kubeConfig)", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s37", image: `registry.fabrikam.com/api:${tag}`, env });
  let world: World;
  let west: SecondCluster;
  before(async () => {
    west = await secondCluster(fluxForm());
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s37") },
      kustomizations: [
        {
          ...{ name: "s37-dev", path: "dev", environment: "dev" },
          spec: { kubeConfig: { secretRef: { name: "s37-west" } } },
        },
      ],
      connector: {
        clusters: [
          { name: "west", kubeconfig: west.kubeconfig, kubeConfigs: ["flux-system/s37-west"] },
        ],
      },
    });
    const value = readFileSync(west.kubeconfig, "utf8");
    await world.flux.apply(
      JSON.stringify({
        ...{ apiVersion: "v1", kind: "Secret", stringData: { value } },
        metadata: { name: "s37-west", namespace: "flux-system" },
      }),
    );
    // A namesake here, healthy whatever happens there.
    const namesake = `${namespaceFile("s37")}---\n${api("1")}`;
    await world.flux.apply(namesake);
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
    return { result: await ended(world, run), log: (await waitLog(world, run)).join("\n") };
  };

  it("is judged by what runs there", async () => {
    const good = await release("2");
    assert.equal(good.result, "succeeded", good.log);
    assert.match(await west.kubectl("get", "deployment", "api", "-n", "s37"), /1\/1/);
  });

  it("and not by a namesake beside Flux, which is healthy", async () => {
    const bad = await release("3", "broken-1");
    assert.equal(bad.result, "failed", bad.log);
    assert.match(bad.log, /##\[error\].*Deployment s37\/api: .*ImagePullBackOff/);
  });
});
