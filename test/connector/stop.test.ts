import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { eventually } from "../support/eventually.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import {
  configText,
  connectorFolder,
  kubeconfigText,
  runConnector,
  type ConnectorRun,
} from "./connector-process.ts";

describe("the end of the connector", function () {
  // A cold build comes first.
  this.timeout(120_000);
  let sandbox: Sandbox;
  let cluster: Server;
  let folder: ReturnType<typeof connectorFolder>;
  let run: ConnectorRun | undefined;
  let asked = 0;
  let answering = true;
  before(async () => {
    await ensureBuilt(["connector"]);
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "manifests\n" } }]);
    folder = connectorFolder();
    cluster = createServer((request, response) => {
      asked += 1;
      if (!answering) return;
      response.writeHead(200, { "Content-Type": "application/json" });
      if (request.url?.includes("watch=true")) return void response.flushHeaders();
      response.end(JSON.stringify({ metadata: { resourceVersion: "1" }, items: [] }));
    });
    await new Promise<void>((done) => cluster.listen(0, "127.0.0.1", done));
  });
  after(async () => {
    cluster.closeAllConnections();
    cluster.close();
    folder.remove();
    await sandbox.close();
  });
  beforeEach(() => (asked = 0));
  afterEach(() => run?.stop());

  function start(): ConnectorRun {
    const { port } = cluster.address() as AddressInfo;
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(`http://127.0.0.1:${port}`));
    const { organisationUrl } = sandbox;
    const file = folder.write("connector.yaml", configText({ organisationUrl, kubeconfig }));
    run = runConnector(["--config", file], { FLUXGATE_TOKEN: "sandbox-connector" });
    return run;
  }

  it("comes when it is asked for, and is no failure", async () => {
    answering = true;
    const connector = start();
    await connector.says(/^The connector is ready$/);
    connector.terminate();
    assert.equal(await connector.ended(), 0, connector.output());
  });

  it("comes at once while a cluster is still being waited for", async () => {
    answering = false;
    const connector = start();
    await eventually("the cluster to be asked", () => (asked > 0 ? true : undefined));
    const began = Date.now();
    connector.terminate();
    assert.equal(await connector.ended(), 0, connector.output());
    assert.ok(Date.now() - began < 5_000, "it waited for the cluster");
  });
});
