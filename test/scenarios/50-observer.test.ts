import assert from "node:assert/strict";
import { createPeople, createConnectorIdentity } from "../../sandbox/azure-devops/identities.ts";
import { connectorConfig } from "../../scripts/start/connector-config.ts";
import {
  connectorFolder,
  runConnector,
  type ConnectorRun,
} from "../connector/connector-process.ts";
import {
  as,
  complete,
  deploy,
  ended,
  said,
  statusBecomes,
  waitLog,
  waitRecord,
} from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { metricBecomes } from "../support/connector-metric.ts";
import { secondCluster, type SecondCluster } from "../support/second-cluster.ts";
import { startWorld, type World } from "../support/world.ts";

const timings = { letters: "300ms", discovery: "1s", look: "300ms", grace: "2s", resync: "60s" };
const decider = createConnectorIdentity("fabrikam").id;
const observer = createPeople("fabrikam").find(({ name }) => name === "approver")?.id ?? "";

describe("scenario 50: a cluster is judged by its own connector", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s50", image: `registry.fabrikam.com/api:${tag}`, env });
  const folder = connectorFolder();
  let world: World;
  let far: SecondCluster;
  let itsConnector: ConnectorRun | undefined;
  before(async () => {
    far = await secondCluster();
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s50") },
      kustomizations: [{ name: "s50-dev", path: "dev", environment: "dev" }],
      connector: {
        clusters: [{ name: "far", observer }],
        extra: { dev: { clusters: [{ name: "local" }, { name: "far" }] } },
      },
    });
    await far.follow(world, [{ name: "s50-dev", path: "dev", environment: "dev" }]);
  });
  after(async () => {
    await itsConnector?.stop();
    await world.close();
    await far.stop();
    await far.remove();
    folder.remove();
  });

  /** Beside the cluster that the deciding connector does not reach, with an identity of its own. */
  const startItsConnector = async () => {
    const config = connectorConfig({
      ...{ organisationUrl: world.sandbox.organisationUrl, project: "shop", timings },
      ...{ repository: "manifests", kubeconfig: far.kubeconfig, environments: ["dev"] },
      local: { name: "far" },
      extra: { dev: { clusters: [{ name: "far" }], decider } },
    });
    const file = folder.write("far.yaml", config);
    itsConnector = runConnector(
      ["--config", file],
      { FLUXGATE_TOKEN: "sandbox-approver" },
      600_000,
    );
    await itsConnector.says(/The connector is ready/);
  };
  const release = async (env: string, tag?: string) => {
    const files = { "deploy/api.yaml": api(env, tag) };
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    return { run, commit: await complete(world, pullRequest) };
  };
  const suspend = (suspended: boolean) =>
    world.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s50-dev", "-n", "flux-system"],
      ...["--type", "merge", "--patch", JSON.stringify({ spec: { suspend: suspended } })],
    );

  it("waits by name while that connector is not there, and passes once it has answered", async () => {
    const { run, commit } = await release("2");
    await said(world, run, /^local: Deployment s50\/api: healthy/);
    await said(world, run, /far: asked at .*, its own connector has not answered yet/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    const silent = 'fluxgate_observer_silent{environment="dev",cluster="far"}';
    await metricBecomes(world, silent, 1);
    await startItsConnector();
    assert.equal(await ended(world, run), "succeeded");
    await metricBecomes(world, silent, 0);
    await statusBecomes(world, { commit, name: "shop/dev/far", state: "succeeded" });
    await statusBecomes(world, { commit, name: "shop/dev", state: "succeeded" });
    assert.match((await waitLog(world, run)).join("\n"), /far: its own connector says: .* healthy/);
  });

  it("takes nobody else's word, nor what that connector said of an earlier commit", async () => {
    await itsConnector?.stop();
    const { run, commit } = await release("3");
    await said(world, run, /far: asked at/);
    await as(world, "developer").send("POST", statusesOf(commit), {
      ...{ state: "succeeded", description: "it is fine" },
      context: { genre: "fluxgate", name: "shop/dev/far" },
    });
    await said(world, run, /Dana Developer has said something under the name of its observer/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    await startItsConnector();
    assert.equal(await ended(world, run), "succeeded");
  });

  it("fails with the words of that connector where the cluster fails", async () => {
    await suspend(true);
    const { run, commit } = await release("4", "broken-1");
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(
      log,
      /##\[error\].*far: its own connector says: Deployment s50\/api: .*ImagePullBackOff/,
    );
    await statusBecomes(world, { commit, name: "shop/dev/far", state: "failed" });
    await suspend(false);
  });

  it("leaves the letters and the roll-up to the connector that decides", () => {
    const lines = itsConnector?.output() ?? "";
    assert.doesNotMatch(lines, /waits for shop in dev|is refused|no connector serves/);
  });
});

const statusesOf = (commit: string) =>
  `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
