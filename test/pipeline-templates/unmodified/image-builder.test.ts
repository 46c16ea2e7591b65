import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pipelines } from "../../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../../sandbox/test/support/eventually.ts";
import { ensureImageBuilder } from "../../../scripts/tools/image-builder.ts";
import { templatePipelines } from "../template-pipelines.ts";

const filesOf = (registry: string, tools: string, store: string) => ({
  "fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
images:
  - name: ${registry}/shop/api
    context: services/api
    build: { target: web, arguments: { A: "1 2", B: "it's \\"$HOME\\" ; exit 1", EMPTY: "" } }
  - { name: ${registry}/shop/side, context: services/side ü, dockerfile: build/side.Dockerfile }
  - name: ${registry}/shop/both
    context: services/both
    build: { platforms: [linux/amd64, linux/arm64] }
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }]
`,
  "deploy/a.yaml": `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - { name: api, image: ${registry}/shop/api }
    - { name: side, image: ${registry}/shop/side }
    - { name: both, image: ${registry}/shop/both }
`,
  "services/api/Dockerfile": `FROM ${registry}/base:1 AS said
ARG A
ARG B
ARG EMPTY=none
RUN echo "A=$A B=$B E=[$EMPTY]" > /said
FROM ${registry}/base:1 AS web
COPY --from=said /said /said
FROM ${registry}/base:1 AS other
RUN exit 7
`,
  "build/side.Dockerfile": `FROM ${registry}/base:1\nCOPY größe.txt /x\n`,
  "services/side ü/größe.txt": "hello",
  "services/both/Dockerfile": "FROM scratch\nCOPY x /x\n",
  "services/both/x": "1",
  "ci.yml": `trigger: none
variables:
  - { name: Fluxgate.RegistryAddresses, value: "${registry}=http://${registry}" }
  - { name: BUILDER_STORE, value: ${store} }
resources:
  repositories: [{ repository: templates, type: git, name: fluxgate-templates }]
stages:
  - template: ci.yml@templates
    parameters:
      environments: [{ name: dev }]
      loginSteps: [{ bash: 'echo "##vso[task.prependpath]${tools}"' }]
      maxParallelBuilds: 1
`,
});

describe("ci.yml, with a real image builder and a real registry", function () {
  this.timeout(600_000);
  let pipelines: Pipelines | undefined;
  let registry: ChildProcess | undefined;
  let folder: string | undefined;
  let address = "";
  before(async function () {
    const builder = await ensureImageBuilder();
    if (builder === undefined) return this.skip();
    folder = mkdtempSync(join(tmpdir(), "fluxgate-builder-"));
    address = await startRegistry(builder, folder);
    const store = join(folder, "store");
    mkdirSync(store);
    buildBase(builder, store);
    pipelines = await templatePipelines(
      [{ name: "app", files: filesOf(address, builder, store) }],
      {
        definitions: [{ name: "shop-ci", project: "shop", repository: "app", yamlPath: "ci.yml" }],
      },
    );
  });
  after(async () => {
    await pipelines?.sandbox.close();
    registry?.kill();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  async function startRegistry(builder: string, at: string): Promise<string> {
    const storage = { filesystem: { rootdirectory: join(at, "registry") } };
    const http = { addr: "127.0.0.1:0" };
    writeFileSync(join(at, "registry.json"), JSON.stringify({ version: 0.1, storage, http }));
    const program = join(builder, "root/usr/bin/docker-registry");
    const process = spawn(program, ["serve", join(at, "registry.json")]);
    registry = process;
    let said = "";
    process.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    process.stdout.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    return eventually(
      "the registry to listen",
      async () => /listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1],
    );
  }
  /** What the images of the test stand on: a shell. */
  function buildBase(builder: string, store: string): void {
    const context = join(store, "..", "base");
    mkdirSync(context);
    copyFileSync(join(builder, "root/bin/busybox"), join(context, "busybox"));
    const dockerfile = "FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\n";
    writeFileSync(join(context, "Dockerfile"), dockerfile);
    const file = ["--file", join(context, "Dockerfile")];
    for (const words of [
      ["build", "--tag", `${address}/base:1`, ...file, context],
      ["push", `${address}/base:1`],
    ]) {
      const env = { ...process.env, BUILDER_STORE: store };
      const ran = spawnSync(join(builder, "docker"), words, { encoding: "utf8", env });
      assert.equal(ran.status, 0, ran.stderr);
    }
  }
  async function manifest(name: string, tag: string) {
    const types = ["image.index.v1+json", "image.manifest.v1+json"];
    const Accept = types.map((type) => `application/vnd.oci.${type}`).join(", ");
    const url = `http://${address}/v2/shop/${name}/manifests/${tag}`;
    const answer = await fetch(url, { headers: { Accept } });
    return {
      digest: answer.headers.get("docker-content-digest"),
      body: (await answer.json()) as {
        readonly manifests?: readonly { readonly platform: { readonly architecture: string } }[];
        readonly layers?: readonly { readonly digest: string }[];
      },
    };
  }

  it("builds and pushes as fluxgate.yaml says, and lists the digests that the registry has", async () => {
    if (pipelines === undefined) return assert.fail("nothing was started");
    const { id } = await pipelines.start();
    const all = pipelines;
    const run = await eventually(
      "the end of the run",
      async () => {
        const build = await all.build(id);
        return build.status === "completed" ? build : undefined;
      },
      { withinMs: 500_000, everyMs: 500 },
    );
    const log = await pipelines.log(id);
    assert.equal(run.result, "succeeded", log);
    const listed = new Map(
      [...log.matchAll(/\/shop\/(\w+):(src-\w+) is (sha256:\w+)/g)].map(
        ([, name = "", tag = "", digest = ""]) => [name, { tag, digest }] as const,
      ),
    );
    assert.deepEqual([...listed.keys()], ["api", "side", "both"]);
    for (const [name, { tag, digest }] of listed) {
      assert.equal((await manifest(name, tag)).digest, digest);
    }
    const both = await manifest("both", listed.get("both")?.tag ?? "");
    assert.deepEqual(
      both.body.manifests?.map(({ platform }) => platform.architecture),
      ["amd64", "arm64"],
    );
    const api = await manifest("api", listed.get("api")?.tag ?? "");
    const layer = `http://${address}/v2/shop/api/blobs/${api.body.layers?.at(-1)?.digest}`;
    const said = spawnSync("tar", ["-xzO", "said"], {
      input: Buffer.from(await (await fetch(layer)).arrayBuffer()),
    });
    assert.equal(said.stdout.toString(), `A=1 2 B=it's "$HOME" ; exit 1 E=[]\n`);
  });

  it("builds nothing that the registry has", async () => {
    if (pipelines === undefined) return assert.fail("nothing was started");
    const { id } = await pipelines.start();
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    assert.equal((await pipelines.results(id, "Phase"))["Build"], "skipped");
  });
});
