import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishConnector } from "../../scripts/publish/publish-connector.ts";
import { ensureTools } from "../../scripts/tools.ts";

const digests = ["a", "b"].map((letter) => `sha256:${letter.repeat(64)}`);
const [image = "", chart = ""] = digests;
const at = "registry.fabrikam.com/platform";

describe("publishing the connector to a registry of one's own", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fluxgate-publish-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The programs' own answers, as their documents show them; helm packs for itself. */
  async function publish(of: {
    readonly cosign?: boolean;
    readonly key?: string;
    readonly dryRun?: boolean;
  }) {
    const { cosign = true, key, dryRun = false } = of;
    const ran: string[] = [];
    const said: string[] = [];
    const { helm } = await ensureTools();
    await publishConnector(
      { registry: at, version: "1.2.3", folder, helm, key, dryRun },
      {
        run: (program, args) => {
          const line = [program === helm ? "helm" : program, ...args].join(" ");
          ran.push(line);
          if (args.includes("build")) {
            const file = args[args.indexOf("--metadata-file") + 1] ?? "";
            writeFileSync(file, JSON.stringify({ "containerimage.digest": image }));
          }
          if (args.includes("inspect")) return Promise.resolve('{"linux/amd64":{"SPDX":{}}}');
          return Promise.resolve(program === helm ? `Pushed: x\nDigest: ${chart}\n` : "");
        },
        has: () => Promise.resolve(cosign),
        say: (line) => void said.push(line),
      },
    );
    return { ran, said: said.join("\n"), helm };
  }

  it("builds for both platforms with SBOM and provenance, and signs by digest", async () => {
    const { ran, said } = await publish({ key: "azurekms://vault/key" });
    const [build = "", inspect = "", push = "", ...signed] = ran;
    assert.match(build, /^docker buildx build --platform linux\/amd64,linux\/arm64 /);
    assert.match(build, /--sbom=true --provenance=mode=max .*--push \.$/);
    assert.match(inspect, new RegExp(`imagetools inspect ${at}/fluxgate-connector@${image} `));
    assert.equal(push, `helm push ${folder}/fluxgate-connector-1.2.3.tgz oci://${at}/charts`);
    assert.deepEqual(signed, [
      `cosign sign --yes --key azurekms://vault/key ${at}/fluxgate-connector@${image}`,
      `cosign sign --yes --key azurekms://vault/key ${at}/charts/fluxgate-connector@${chart}`,
    ]);
    assert.match(said, /Published .*fluxgate-connector:1\.2\.3/);
    assert.match(readFileSync(join(folder, "sbom.json"), "utf8"), /SPDX/);
  });

  it("packs a chart that runs the image it has just pushed, by its digest", async () => {
    const { helm } = await publish({});
    const values = join(folder, "values.yaml");
    writeFileSync(
      values,
      JSON.stringify({
        token: { existingSecret: "t" },
        config: {
          azureDevOps: { organisationUrl: "https://dev.azure.com/fabrikam" },
          repositories: [{ name: "m", project: "p", repository: "m" }],
          environments: [{ name: "dev", repository: "m", clusters: [{ name: "local" }] }],
        },
      }),
    );
    const packed = join(folder, "fluxgate-connector-1.2.3.tgz");
    const rendered = execFileSync(helm, ["template", "x", packed, "--values", values]).toString();
    assert.match(rendered, new RegExp(`image: "?${at}/fluxgate-connector@${image}`));
  });

  it("says that nothing is signed where cosign is not there", async () => {
    const { ran, said } = await publish({ cosign: false });
    assert.ok(!ran.some((line) => line.startsWith("cosign")));
    assert.match(said, /^Not signed: cosign is not on PATH$/m);
  });

  it("says what it would run, and runs none of it, on a dry run", async () => {
    const { ran, said } = await publish({ dryRun: true });
    assert.deepEqual(ran, []);
    assert.match(said, /^would run: docker buildx build /m);
    assert.match(said, /^would run: helm push .*fluxgate-connector-1\.2\.3\.tgz/m);
    assert.match(said, /^would run: cosign sign --yes .*@<digest>$/m);
    assert.match(said, /^Would publish /m);
  });
});
