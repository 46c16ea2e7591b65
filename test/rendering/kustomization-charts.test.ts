import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { pack as packTar } from "tar-stream";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const chart = (name: string, more = "") => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`;
const where = "Failed to render app api, environment dev, step 1 (kustomize)";
const offline = "and nothing is fetched while rendering";

describe("charts of a kustomization", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k, enableHelm: true }"),
    });
  });
  afterEach(() => space.remove());

  const lists = (...entries: string[]) =>
    space.put({ "k/kustomization.yaml": `helmCharts:\n${entries.join("\n")}\n` });
  const putChart = (folder: string, name: string, more = "") =>
    space.put({
      [`${folder}/Chart.yaml`]: chart(name, more),
      [`${folder}/values.yaml`]: "",
      [`${folder}/templates/a.yaml`]: configMap(`${name}-inner`),
    });
  const pack = (name: string, more: Readonly<Record<string, string>> = {}) => {
    space.put({ "vendor/charts/.keep": "" });
    putChart(`packed/${name}`, name);
    space.put(more);
    const args = ["package", `packed/${name}`, "-d", "vendor/charts"];
    assert.equal(spawnSync("helm", args, { cwd: space.checkout }).status, 0);
    space.put({ packed: undefined });
  };
  const rendered = async () => {
    const { result } = await space.render();
    return result.environments[0]?.objects.map(({ identity }) => identity.name);
  };

  it("are taken from the vendored copies, packed or not, without asking a repository", async () => {
    const long = `packed/two/templates/${"deep/".repeat(20)}${"x".repeat(110)}.yaml`;
    pack("two", { [long]: configMap("long") });
    putChart("vendor/charts/three", "three");
    lists(
      "  - { name: two, releaseName: a, version: 1.0.0, repo: https://charts.invalid }",
      "  - { name: three, releaseName: a, version: v1.0.0, repo: oci://ghcr.invalid/acme }",
    );
    assert.deepEqual(await rendered(), ["long", "three-inner", "two-inner"]);
    const git = spawnSync("ls", ["k"], { cwd: space.checkout, encoding: "utf8" });
    assert.equal(git.stdout, "kustomization.yaml\n");
  });

  it("are taken from where kustomize looks first, with their dependencies from the copies", async () => {
    pack("two");
    const needs = "dependencies: [{ name: two, version: ^1.0.0, repository: oci://x/y }]\n";
    putChart("k/charts/one-1.0.0/one", "one", needs);
    lists("  - { name: one, releaseName: a, version: 1.0.0, repo: https://charts.invalid }");
    assert.deepEqual(await rendered(), ["one-inner", "two-inner"]);
  });

  it("are found for a generator's file, the older form, and below another chartHome", async () => {
    pack("two");
    pack("three");
    putChart("k/other/one", "one");
    space.put({
      "k/kustomization.yaml": `resources: [older]
generators: [two.yaml]
helmGlobals: { chartHome: other }
helmCharts: [{ name: one, releaseName: a }]
`,
      "k/two.yaml": `apiVersion: builtin
kind: HelmChartInflationGenerator
metadata: { name: two }
name: two
releaseName: a
version: 1.0.0
repo: https://charts.invalid
`,
      "k/older/kustomization.yaml": `helmChartInflationGenerator:
  - { chartName: three, chartVersion: 1.0.0, chartRepoUrl: https://charts.invalid, releaseName: a }
`,
    });
    assert.deepEqual(await rendered(), ["one-inner", "three-inner", "two-inner"]);
  });

  it("that are nowhere are named, each with the command that gets it", async () => {
    pack("four");
    lists(
      "  - { name: one, releaseName: a }",
      "  - { name: two, releaseName: a, version: 1.0.0, repo: https://charts.example.com }",
      "  - { name: three, releaseName: a, version: 1.0.0, repo: oci://ghcr.io/acme/ }",
      "  - { name: four, releaseName: a, version: 1.0.1, repo: https://charts.example.com }",
    );
    const at = (line: number) => `k/kustomization.yaml:${line}: ${where}: chart`;
    const missing = (chart: string, place: string, only = "") =>
      `${chart} is neither in k/charts/${place} nor in vendor/charts${only}, ${offline}.`;
    const pull = (what: string) =>
      `Run \`helm pull ${what} --destination vendor/charts\` and commit it`;
    assert.deepEqual(await space.problems(), [
      `${at(2)} ${missing("one", "one")} Put it there, or name its repo and version`,
      `${at(3)} ${missing("two 1.0.0", "two-1.0.0/two")} ${pull("two --repo https://charts.example.com --version 1.0.0")}`,
      `${at(4)} ${missing("three 1.0.0", "three-1.0.0/three")} ${pull("oci://ghcr.io/acme/three --version 1.0.0")}`,
      `${at(5)} ${missing("four 1.0.1", "four-1.0.1/four", " (only four-1.0.0.tgz)")} ${pull("four --repo https://charts.example.com --version 1.0.1")}`,
    ]);
  });

  it("are refused at another version than named, and where copies are many", async () => {
    putChart("k/charts/one-2.0.0/one", "one");
    pack("two");
    putChart("vendor/charts/two", "two");
    lists(
      "  - { name: one, releaseName: a, version: 2.0.0, repo: https://charts.invalid }",
      "  - { name: two, releaseName: a, version: ^1.0.0, repo: https://charts.invalid }",
    );
    assert.deepEqual(await space.problems(), [
      `k/kustomization.yaml:2: ${where}: chart one in k/charts/one-2.0.0/one is version 1.0.0, not 2.0.0`,
      `k/kustomization.yaml:3: ${where}: chart two ^1.0.0 has several copies in vendor/charts: vendor/charts/two and vendor/charts/two-1.0.0.tgz. Name its exact version`,
    ]);
  });

  it("lead nowhere else: neither their names nor what a packed one holds", async () => {
    lists("  - { name: ../../two, releaseName: a, version: 1.0.0, repo: https://charts.invalid }");
    assert.match(
      (await space.problems())[0] ?? "",
      /two" of version "1.0.0" cannot be a chart's name/,
    );
    const archive = async (name: string) => {
      const packing = packTar();
      packing.entry({ name }, "x");
      packing.finalize();
      return gzipSync(await buffer(packing));
    };
    space.put({ "vendor/charts/.keep": "" });
    const file = join(space.checkout, "vendor/charts/two-1.0.0.tgz");
    lists("  - { name: two, releaseName: a, version: 1.0.0, repo: https://charts.invalid }");
    const refusals: readonly (readonly [Buffer, RegExp])[] = [
      [await archive("two/../../../x"), /holds "two\/..\/..\/..\/x", which leads out of it/],
      [await archive("/tmp/x"), /holds "\/tmp\/x", which leads out of it/],
      [await archive("three/Chart.yaml"), /holds no two\/Chart.yaml/],
      [(await archive("two/Chart.yaml")).subarray(0, 40), /no gzip archive, or damaged/],
      [gzipSync(Buffer.alloc(65 * 1024 * 1024, "x")), /unpacks to more than 64 MiB/],
    ];
    for (const [bytes, message] of refusals) {
      writeFileSync(file, bytes);
      assert.match((await space.problems())[0] ?? "", message);
    }
  });
});
