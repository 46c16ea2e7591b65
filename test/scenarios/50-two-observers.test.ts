import assert from "node:assert/strict";
import { createConnectorIdentity, createPeople } from "../../sandbox/azure-devops/identities.ts";
import { connectorConfig } from "../../scripts/start/connector-config.ts";
import {
  connectorFolder,
  runConnector,
  type ConnectorRun,
} from "../connector/connector-process.ts";
import {
  complete,
  deploy,
  ended,
  said,
  statusBecomes,
  statuses,
  waitLog,
  waitRecord,
} from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { flappingApi, type FlappingApi } from "../support/flapping-api.ts";
import { secondCluster, type SecondCluster } from "../support/second-cluster.ts";
import { startWorld, type World } from "../support/world.ts";

const timings = { letters: "300ms", discovery: "1s", look: "300ms", grace: "60s", resync: "60s" };
const decider = createConnectorIdentity("fabrikam").id;
const idOf = (who: string) => createPeople("fabrikam").find(({ name }) => name === who)?.id ?? "";

describe("scenario 50: two private clusters, each judged by its own connector", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s50", image: "registry.fabrikam.com/api:1", env });
  const folder = connectorFolder();
  const connectors: ConnectorRun[] = [];
  let world: World;
  let east: SecondCluster;
  let west: SecondCluster;
  let line: FlappingApi;
  before(async () => {
    [east, west, line] = [await secondCluster(), await secondCluster(), await flappingApi()];
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s50") },
      kustomizations: [{ name: "s50-dev", path: "dev", environment: "dev" }],
      connector: {
        clusters: [
          { name: "east", observer: idOf("developer") },
          { name: "west", observer: idOf("approver") },
        ],
        extra: { dev: { clusters: [{ name: "east" }, { name: "west" }] } },
      },
    });
    const kustomizations = [{ name: "s50-dev", path: "dev", environment: "dev" }];
    for (const cluster of [east, west]) await cluster.follow(world, kustomizations);
    await beside("east", { kubeconfig: east.kubeconfig, as: "developer" });
    await beside("west", { kubeconfig: line.kubeconfig(west), as: "approver" });
  });
  after(async () => {
    for (const one of connectors) await one.stop();
    await world.close();
    await line.close();
    for (const cluster of [east, west]) {
      await cluster.stop();
      await cluster.remove();
    }
    folder.remove();
  });

  async function beside(name: string, of: { readonly kubeconfig: string; readonly as: string }) {
    const config = connectorConfig({
      ...{ organisationUrl: world.sandbox.organisationUrl, project: "shop", timings },
      ...{ repository: "manifests", kubeconfig: of.kubeconfig, environments: ["dev"] },
      local: { name },
      extra: { dev: { clusters: [{ name }], decider } },
    });
    const file = folder.write(`${name}.yaml`, config);
    const run = runConnector(["--config", file], { FLUXGATE_TOKEN: `sandbox-${of.as}` }, 600_000);
    connectors.push(run);
    await run.says(/The connector is ready/);
  }
  const release = async (env: string) => {
    const files = { "deploy/api.yaml": api(env) };
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    return { run, commit: await complete(world, pullRequest) };
  };

  it("passes by the word of both, and a cluster that flaps changes no status", async () => {
    const { run, commit } = await release("2");
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    const log = (await waitLog(world, run)).join("\n");
    for (const name of ["east", "west"]) {
      assert.match(log, new RegExp(`${name}: its own connector says: .* healthy`));
    }
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });
    await statusBecomes(world, { commit, name: "dev", state: "succeeded" });
    const known = new Set((await statuses(world, commit)).map(({ id }) => id));
    line.cut();
    await line.refused(3);
    line.mend();
    await line.served(3);
    const since = (await statuses(world, commit)).filter(({ id }) => !known.has(id));
    const red = since.filter(
      ({ context }) => context.name === "dev" || context.name === "shop/dev",
    );
    assert.deepEqual(red, []);
  });

  it("waits for the one whose cluster stays silent, says so by its name, and goes on", async () => {
    line.cut();
    const { run } = await release("3");
    await said(world, run, /east: its own connector says: .* healthy/);
    await said(world, run, /west: its own connector says: .*does not answer/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    line.mend();
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
  });
});
