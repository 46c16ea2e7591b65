import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
  unusedPort,
  type ConnectorRun,
} from "./connector-process.ts";

const token = { FLUXGATE_TOKEN: "sandbox-connector" };

describe("the connector and bad input", function () {
  // Every case is a process of its own; a cold build comes first.
  this.timeout(120_000);
  let sandbox: Sandbox;
  let folder: ReturnType<typeof connectorFolder>;
  let running: ConnectorRun | undefined;
  let servers: Server[] = [];
  const files = { "README.md": "manifests\n" };
  before(async () => {
    await ensureBuilt(["connector"]);
    sandbox = await sandboxWith([
      { name: "manifests", files },
      { name: "closed", files, hiddenFrom: ["connector"] },
    ]);
  });
  after(() => sandbox.close());
  beforeEach(() => (folder = connectorFolder()));
  afterEach(async () => {
    await running?.stop();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    servers = [];
    folder.remove();
  });

  function start(config: string, env: Readonly<Record<string, string>> = token): ConnectorRun {
    running = runConnector(["--config", folder.write("connector.yaml", config)], env);
    return running;
  }

  /** Starts it, and expects its end with one line. */
  async function refused(run: ConnectorRun, expected: { exit: number; code: string }) {
    running = run;
    const exit = await run.ended();
    const [line, ...others] = run.lines();
    assert.ok(line, run.output());
    assert.deepEqual(others, []);
    assert.deepEqual({ exit, code: line.code }, expected, run.output());
    assert.equal(line.level, 60);
    assert.ok(headings().has(expected.code), `docs/troubleshooting.md lacks ${expected.code}`);
    return line.msg;
  }

  /** An API server that answers everything with one status. */
  async function apiServer(status: number): Promise<string> {
    const server = createServer((_, response) => {
      const reason = status === 403 ? "Forbidden" : "Unauthorized";
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ kind: "Status", code: status, reason, message: "no list" }));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function unreachable(): Promise<string> {
    return folder.write("unreachable", kubeconfigText(`http://127.0.0.1:${await unusedPort()}`));
  }
  async function config(more: Partial<Parameters<typeof configText>[0]> = {}): Promise<string> {
    const { organisationUrl } = sandbox;
    return configText({ organisationUrl, kubeconfig: await unreachable(), ...more });
  }

  it("says how it is started", async () => {
    const expected = { exit: 2, code: "invalid-input" };
    assert.equal(
      await refused(runConnector([]), expected),
      "--config FILE is missing. Start it as: main --config connector.yaml",
    );
    const said = await refused(runConnector(["--conf", "a"]), expected);
    assert.match(said, /--conf.*Start it as: main --config connector\.yaml$/s);
  });

  it("names the configuration file that is not there", async () => {
    const file = folder.path("absent.yaml");
    const said = await refused(runConnector(["--config", file]), {
      ...{ exit: 2, code: "invalid-input" },
    });
    assert.ok(
      said.startsWith(`${file}: the configuration cannot be read: there is no such file. `),
    );
  });

  it("says where the YAML is broken", async () => {
    const said = await refused(start("apiVersion: fluxgate.dev/v1\nclusters: [{ name: west\n"), {
      ...{ exit: 2, code: "invalid-input" },
    });
    assert.match(said, /connector\.yaml:\d: not valid YAML: /);
  });

  it("names all unknown keys at once", async () => {
    const said = await refused(start(`${await config({ more: { tken: 1, nudgee: true } })}`), {
      ...{ exit: 2, code: "invalid-input" },
    });
    assert.match(said, /connector\.yaml:\d+: unknown key "tken": .*\n.*unknown key "nudgee": did/);
    assert.match(said, /\. docs\/connector\.md lists every key\.$/);
  });

  it("asks for a token", async () => {
    const said = await refused(start(await config(), { FLUXGATE_TOKEN: " " }), {
      ...{ exit: 2, code: "token-missing" },
    });
    assert.match(said, /FLUXGATE_TOKEN is empty\. Set it to a token/);
  });

  it("names what a pod without a workload identity lacks", async () => {
    const { organisationUrl } = sandbox;
    const azureDevOps = { organisationUrl, authentication: "workload-identity" };
    const expected = { exit: 3, code: "workload-identity" };
    const said = await refused(start(await config({ more: { azureDevOps } }), {}), expected);
    assert.match(said, /the pod lacks AZURE_CLIENT_ID, .*TOKEN_FILE\. Check the pod's label/);
    const env = {
      AZURE_CLIENT_ID: "6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a01",
      AZURE_TENANT_ID: "6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a02",
      AZURE_FEDERATED_TOKEN_FILE: folder.path("absent-token"),
    };
    const again = await refused(start(await config({ more: { azureDevOps } }), env), expected);
    assert.match(again, /^Failed to get a token from the workload identity: .*absent-token/);
  });

  it("names every kubeconfig that cannot be used", async () => {
    const clusters = [
      { name: "west", kubeconfig: folder.path("absent") },
      { name: "east", kubeconfig: folder.write("odd", "kind: Config\n") },
    ];
    const said = await refused(start(await config({ more: { clusters } })), {
      ...{ exit: 2, code: "invalid-input" },
    });
    assert.match(said, /absent: cluster west: no kubeconfig: .*\n.*odd: cluster east: /);
  });

  it("does not look for a cluster around it where it runs in none", async () => {
    const clusters = [{ name: "west" }];
    const said = await refused(start(await config({ more: { clusters } })), {
      ...{ exit: 3, code: "no-cluster" },
    });
    assert.match(said, /does not run in one\. Give the cluster a kubeconfig/);
  });

  it("names an organisation that is not there", async () => {
    const organisationUrl = `${sandbox.origin}/contoso`;
    const said = await refused(start(await config({ organisationUrl })), {
      ...{ exit: 3, code: "organisation-missing" },
    });
    assert.match(said, /^Failed to find organisation http:\S+\/contoso: there is none\. Correct /);
  });

  it("names an organisation that does not answer", async () => {
    const organisationUrl = `http://127.0.0.1:${await unusedPort()}/fabrikam`;
    const said = await refused(start(await config({ organisationUrl })), {
      ...{ exit: 3, code: "organisation-unreachable" },
    });
    assert.match(said, /^Failed to sign in to http:\S+\/fabrikam: .*ECONNREFUSED.*\. Check azure/);
  });

  it("says that a token is refused, and never shows it", async () => {
    const run = start(await config(), { FLUXGATE_TOKEN: "of-another-organisation" });
    const said = await refused(run, { exit: 3, code: "not-signed-in" });
    assert.match(said, /^Failed to sign in to http:\S+\/fabrikam: the token was refused\. Check /);
    assert.doesNotMatch(run.output(), /of-another-organisation/);
    assert.ok(!run.output().includes(btoa(":of-another-organisation")));
  });

  it("ends when it can open no repository", async () => {
    for (const repository of ["absent", "closed"]) {
      const said = await refused(start(await config({ repositories: [repository] })), {
        ...{ exit: 3, code: "repository-missing" },
      });
      assert.match(
        said,
        new RegExp(
          `^Failed to open repository shop/${repository}: it does not exist, or .* grant Read`,
        ),
      );
    }
  });

  it("says which repository it may not read, serves the others and tries it again", async () => {
    const run = start(await config({ repositories: ["closed", "manifests"] }));
    const said = await run.says(/shop\/closed/);
    assert.equal(said.code, "repository-missing");
    assert.match(said.msg, /grant Read on it\. The others are served meanwhile$/);
    await run.says(/^The connector is ready$/);
    await run.says(
      /^Nothing is deployed in env1: no folder env1 on branch main of shop\/manifests$/,
    );
    assert.equal(run.lines().filter(({ msg }) => msg.includes("shop/closed")).length, 1);

    const repository = sandbox
      .organisation()
      .projects[0]?.repositories.find(({ name }) => name === "closed");
    assert.ok(repository);
    repository.hiddenFrom.delete("connector");
    try {
      await run.says(/^Repository shop\/closed is open now$/);
      await run.says(/^Nothing is deployed in env0/);
    } finally {
      repository.hiddenFrom.add("connector");
    }
  });

  it("says that the branch is not there", async () => {
    const repositories = [
      { name: "manifests", project: "shop", repository: "manifests", branch: "live" },
    ];
    const run = start(await config({ more: { repositories } }));
    const said = await run.says(/Failed to find branch live in shop\/manifests/);
    assert.equal(said.code, "branch-not-found");
  });

  it("says that its port is taken", async () => {
    const port = Number(new URL(sandbox.origin).port);
    const said = await refused(start(await config({ port })), {
      ...{ exit: 3, code: "address-in-use" },
    });
    assert.match(said, new RegExp(`^Failed to listen on 127.0.0.1:${port}: .*Choose another`));
  });

  it("goes on without a cluster that does not answer: says it once, and is not ready", async () => {
    const port = await unusedPort();
    const run = start(await config({ port }));
    const { code, msg } = await run.says(/^Failed to watch cluster west/);
    assert.equal(code, "kubernetes-unreachable");
    assert.match(
      msg,
      /no answer from the Kubernetes API at http:\S+: connect ECONNREFUSED \S+\. Check/,
    );
    await run.says(/^The connector is ready$/);
    assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
    const ready = await eventually("a second attempt to watch", async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      return answer.status === 503 ? answer : undefined;
    });
    const { status } = (await ready.json()) as { readonly status: string };
    assert.match(status, /^cluster west: no answer from the Kubernetes API at /);
    assert.equal(run.lines().filter((line) => line.msg.includes("watch cluster")).length, 1);
    assert.doesNotMatch(run.output(), /cluster-secret/);
  });

  it("says once that a cluster answers again", async () => {
    const port = await unusedPort();
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(`http://127.0.0.1:${port}`));
    const run = start(await config({ kubeconfig }));
    await run.says(/^Failed to watch cluster west/);
    const server = createServer((request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      // A watch stays open.
      if (request.url?.includes("watch=true")) return void response.flushHeaders();
      response.end(JSON.stringify({ metadata: { resourceVersion: "1" }, items: [] }));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
    await run.says(/^Cluster west answers again$/);
    assert.equal(run.lines().filter(({ msg }) => /west/.test(msg)).length, 2);
  });

  it("says which right is missing in a cluster", async () => {
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(await apiServer(403)));
    const { code, msg } = await start(await config({ kubeconfig })).says(/^Failed to watch/);
    assert.equal(code, "cluster-forbidden");
    assert.match(msg, /answered 403 to \/apis\/\S+: no list\. Grant .*get, list and watch/);
  });

  it("says that a cluster refuses who it is", async () => {
    const kubeconfig = folder.write("kubeconfig", kubeconfigText(await apiServer(401)));
    const { msg } = await start(await config({ kubeconfig })).says(/^Failed to watch/);
    assert.match(msg, /answered 401 .*Check the user in its kubeconfig/);
  });
});

function headings(): ReadonlySet<string> {
  const text = readFileSync("docs/troubleshooting.md", "utf8");
  return new Set([...text.matchAll(/^## (\S+)$/gm)].map(([, code = ""]) => code));
}
