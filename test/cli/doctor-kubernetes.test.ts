import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { doctorCommand } from "../../cli/doctor.ts";
import { ensureTools } from "../../scripts/tools.ts";

const deployments = "/apis/apps/v1/namespaces/flux-system/deployments";
const flux = { metadata: { labels: { "app.kubernetes.io/version": "v2.9.0" } } };

describe("fluxgate doctor and a cluster", () => {
  let folder: string;
  let server: Server | undefined;
  const path = process.env["PATH"];
  before(async () => {
    process.env["PATH"] = [(await ensureTools()).bin, path].join(delimiter);
  });
  after(() => void (process.env["PATH"] = path));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-doctor-"));
  });
  afterEach(async () => {
    await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  /** An API server that answers the given paths and forbids all others. */
  async function cluster(answers: Readonly<Record<string, unknown>>): Promise<string> {
    server = createServer((request, response) => {
      const [asked = ""] = (request.url ?? "").split("?");
      const found = answers[asked];
      const forbidden = { kind: "Status", status: "Failure", code: 403, message: `no ${asked}` };
      response.writeHead(found === undefined ? 403 : 200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(found ?? forbidden));
    });
    await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function doctor(api: string): Promise<string> {
    const kubeconfig = join(folder, "kubeconfig");
    const named = { clusters: [{ name: "c", cluster: { server: api } }], users: [] };
    const contexts = [{ name: "c", context: { cluster: "c", user: "" } }];
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        ...named,
        contexts,
        "current-context": "c",
      }),
    );
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    await doctorCommand.run(["--kubeconfig", kubeconfig], { out: line, err: line });
    return lines.join("\n");
  }

  const whole = {
    "/version": { gitVersion: "v1.36.3" },
    [deployments]: { items: [flux] },
    "/apis/source.toolkit.fluxcd.io/v1/gitrepositories": { items: [] },
    "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations": { items: [] },
    "/apis/helm.toolkit.fluxcd.io/v2/helmreleases": { items: [] },
    "/api/v1/pods": { items: [] },
  };

  it("names the versions and what may be listed", async () => {
    const said = await doctor(await cluster(whole));
    assert.match(said, /^ok +Kubernetes API +answers, version v1\.36\.3$/m);
    assert.match(said, /^ok +Flux version +v2\.9\.0 in flux-system$/m);
    assert.match(said, /^ok +list helmreleases +allowed$/m);
    assert.match(said, /^Everything that was tested works\.$/m);
  });

  it("says what to grant where listing is forbidden, and goes on", async () => {
    const may = Object.entries(whole).filter(([at]) => !at.includes("kustomizations"));
    const said = await doctor(await cluster(Object.fromEntries(may)));
    assert.match(
      said,
      /^FAILED +list kustomizations +.*grant get, list and watch on kustomizations/im,
    );
    assert.match(said, /^ok +list pods/m);
    assert.match(said, /^1 failed\.$/m);
  });

  it("says that there is no Flux", async () => {
    const said = await doctor(await cluster({ ...whole, [deployments]: { items: [] } }));
    assert.match(said, /^FAILED +Flux version +no Flux found in flux-system.*--flux-namespace/m);
  });

  it("says that the API cannot be reached and tests no further", async () => {
    const api = await cluster({});
    await new Promise<void>((done) => server?.close(() => done()));
    server = undefined;
    const said = await doctor(api);
    assert.match(said, /^FAILED +Kubernetes API +.*refused.*Check the kubeconfig/m);
    assert.match(said, /^- +list pods +not tested/m);
  });
});
