import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";
import {
  configText,
  connectorFolder,
  kubeconfigText,
  runConnector,
  type ConnectorRun,
} from "./connector-process.ts";

describe("the connector and a configuration that changes", function () {
  // A cold build comes first.
  this.timeout(120_000);
  let sandbox: Sandbox;
  let cluster: Server;
  let folder: ReturnType<typeof connectorFolder>;
  let run: ConnectorRun | undefined;
  before(async () => {
    await ensureBuilt(["connector"]);
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "manifests\n" } }]);
    cluster = createServer((request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      if (request.url?.includes("watch=true")) return void response.flushHeaders();
      response.end(JSON.stringify({ metadata: { resourceVersion: "1" }, items: [] }));
    });
    await new Promise<void>((done) => cluster.listen(0, "127.0.0.1", done));
  });
  after(async () => {
    cluster.closeAllConnections();
    cluster.close();
    await sandbox.close();
  });
  beforeEach(() => (folder = connectorFolder()));
  afterEach(async () => {
    await run?.stop();
    folder.remove();
  });

  function config(more: object = {}): string {
    const { port } = cluster.address() as AddressInfo;
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(`http://127.0.0.1:${port}`));
    return configText({ organisationUrl: sandbox.organisationUrl, kubeconfig, more });
  }

  async function start() {
    const file = folder.write("connector.yaml", config());
    run = runConnector(["--config", file], { FLUXGATE_TOKEN: "sandbox-connector" });
    await run.says(/^The connector is ready$/);
    return run;
  }
  const ready = (of: ConnectorRun) =>
    of.lines().filter(({ msg }) => msg === "The connector is ready");

  async function metric(name: string): Promise<string> {
    const port = Number(run?.lines().find(({ msg }) => msg === "The connector is ready")?.["port"]);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1] ?? "";
  }

  it("goes on with the new one, at the same address, without a restart", async () => {
    const connector = await start();
    folder.write("connector.yaml", config({ mode: "statuses" }));
    await connector.says(/^The configuration was read again$/);
    const [before, after] = ready(connector);
    assert.equal(before?.["mode"], "observe");
    assert.equal(after?.["mode"], "statuses");
    assert.equal(before?.["port"], after?.["port"]);
  });

  it("keeps the one before while the file is none, says so, and takes the next", async () => {
    const connector = await start();
    folder.write("connector.yaml", config({ mode: "statusses" }));
    const said = await connector.says(/mode must be one of .* The configuration before stays/s);
    assert.equal(said.code, "configuration-refused");
    assert.equal(await metric("fluxgate_configuration_refused"), "1");
    folder.write("connector.yaml", config({ mode: "full" }));
    await connector.says(/^The configuration was read again$/);
    assert.equal(ready(connector).at(-1)?.["mode"], "full");
    assert.equal(await metric("fluxgate_configuration_refused"), "0");
  });

  it("goes on with the one before where the new one does not start", async () => {
    const connector = await start();
    const repositories = [{ name: "manifests", project: "shop", repository: "absent" }];
    const environments = [{ name: "x", repository: "manifests", clusters: [{ name: "west" }] }];
    folder.write("connector.yaml", config({ repositories, environments }));
    const said = await connector.says(/^Failed to go on with the new configuration: .*absent/);
    assert.equal(said.code, "configuration-refused");
    await eventually("the one before to serve again", () => ready(connector)[1]);
    assert.deepEqual(ready(connector)[1]?.["environments"], ["env0"]);
  });

  it("reads a kubeconfig again that was replaced", async () => {
    const connector = await start();
    folder.write("kubeconfig", kubeconfigText("http://127.0.0.1:1"));
    await connector.says(/^The configuration was read again$/);
    assert.deepEqual(
      ready(connector).map((line) => line["environments"]),
      [["env0"], ["env0"]],
    );
  });
});
