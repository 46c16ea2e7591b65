import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseManifests } from "../../core/manifests/parse.ts";
import { deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const chart = (name: string, more = "") => `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n${more}`;
const template = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${name}-{{ .Release.Name }}" }\ndata: { v: {{ .Values.v | toJson | quote }} }\n`;

describe("charts", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());

  const putChart = (folder: string, name: string, more = "") =>
    space.put({
      [`${folder}/Chart.yaml`]: chart(name, more),
      [`${folder}/templates/a.yaml`]: template(name),
    });
  /** Packs charts into a folder and takes their sources away. */
  const pack = (folder: string, ...names: string[]) => {
    space.put({ [`${folder}/.keep`]: "" });
    for (const name of names) {
      putChart(`packed/${name}`, name);
      const args = ["package", `packed/${name}`, "-d", folder];
      assert.equal(spawnSync("helm", args, { cwd: space.checkout }).status, 0);
    }
    space.put({ packed: undefined });
  };
  const steps = (helm: string) =>
    space.put({ "fluxgate.yaml": deliveryWith(`      - helm: ${helm}`) });
  const names = async () => {
    const { result } = await space.render();
    return result.environments[0]?.objects.map(({ identity }) => identity.name);
  };

  it("of an OCI registry or a repository are read from their vendored copy", async () => {
    pack("vendor/charts", "one");
    putChart("vendor/charts/two", "two");
    space.put({
      "fluxgate.yaml":
        deliveryWith(`      - helm: { chart: "oci://ghcr.io/acme/one", version: 1.2.3 }
      - helm: { chart: two, repository: "https://charts.example.com", version: v1.2.3 }`),
    });
    assert.deepEqual(await names(), ["one-api", "two-api"]);
  });

  it("without a copy are an error with the command that gets it", async () => {
    pack("elsewhere", "one");
    steps('{ chart: "oci://ghcr.io/acme/one", version: 1.2.4 }');
    const delivery = deliveryWith(
      '      - helm: { chart: "oci://ghcr.io/acme/one", version: 1.2.4 }',
    );
    space.put({ "fluxgate.yaml": `${delivery}vendoredCharts: elsewhere\n` });
    assert.deepEqual(await space.problems(), [
      "fluxgate.yaml:7: Failed to render app api, environment dev, step 1 (helm): there is no copy of chart one 1.2.4 in elsewhere (only one-1.2.3.tgz), and nothing is fetched while rendering. Run `helm pull oci://ghcr.io/acme/one --version 1.2.4 --destination elsewhere` and commit it, or let a step before do so",
    ]);
  });

  it("get their dependencies from the vendored copies and the repository itself", async () => {
    pack("vendor/charts", "two", "four");
    putChart(
      "deploy/one",
      "one",
      `dependencies:
  - { name: two, version: ~1.2.0, repository: "https://charts.example.com/" }
  - { name: three, version: 1.2.3, repository: "file://../three" }
`,
    );
    space.put({
      "deploy/one/Chart.lock":
        "dependencies: [{ name: two, version: 1.2.3, repository: https://charts.example.com/ }]\n",
    });
    putChart(
      "deploy/three",
      "three",
      'dependencies: [{ name: four, version: 1.2.3, repository: "oci://ghcr.io/acme" }]\n',
    );
    steps("{ chart: deploy/one }");
    assert.deepEqual(await names(), ["four-api", "one-api", "three-api", "two-api"]);
  });

  it("keep what lies in their charts folder, and miss only what does not", async () => {
    const needs = (name: string) => `{ name: ${name}, version: 1.2.3, repository: "oci://x/y" }`;
    putChart("one", "one", `dependencies: [${needs("two")}, ${needs("three")}]\n`);
    putChart("one/charts/two", "two");
    steps("{ chart: one }");
    assert.deepEqual(await space.problems(), [
      "one/Chart.yaml: Failed to render app api, environment dev, step 1 (helm): dependency three 1.2.3 is neither in one/charts nor in vendor/charts, and nothing is fetched while rendering. Run `helm pull oci://x/y/three --version 1.2.3 --destination vendor/charts`",
    ]);
    pack("vendor/charts", "three");
    assert.deepEqual(await names(), ["one-api", "three-api", "two-api"]);
  });

  it("say which hooks were left out", async () => {
    putChart("one", "one");
    space.put({
      "one/templates/job.yaml": `{{- range list "a" "b" }}
---
apiVersion: batch/v1
kind: Job
metadata: { name: "{{ . }}-{{ randNumeric 5 }}", annotations: { "helm.sh/hook": "pre-install,pre-upgrade" } }
{{- end }}
`,
    });
    steps("{ chart: one }");
    const { result } = await space.render();
    assert.deepEqual(
      result.environments[0]?.warnings.filter((text) => text.includes("hooks")),
      [
        "app api: hooks of chart one are left out: Job (pre-install,pre-upgrade) of one/templates/job.yaml. With hooks: true they are ordinary objects",
      ],
    );
  });

  it("take values of any type, and the text of files", async () => {
    putChart("one", "one");
    space.put({ "one/values.yaml": "v: { gone: 1, list: [1], kept: true }", "a.txt": "x: 1\n" });
    steps("{ chart: one, set: { v.gone: null, v.list: [a, 2] }, setFiles: { v.text: a.txt } }");
    await space.render();
    const text = space.read("dev/api/v1_configmap_one-api.yaml");
    const { data } = parseManifests(text, "a.yaml").documents[0]?.object as unknown as {
      readonly data: { readonly v: string };
    };
    const v: unknown = JSON.parse(data.v);
    assert.deepEqual(v, { kept: true, list: ["a", 2], text: "x: 1\n" });
  });

  it("are read when a step before rewrote them", async () => {
    putChart("lib", "lib");
    space.put({
      "lib/values.yaml": 'v: "#{SIZE}#"\n',
      "one/Chart.yaml": chart(
        "one",
        'dependencies: [{ name: lib, version: 1.2.3, repository: "file://../lib" }]\n',
      ),
      "fluxgate.yaml": deliveryWith(
        "      - tokens: { path: lib/values.yaml, inPlace: true }\n      - helm: { chart: one }",
        "    config: { variables: { SIZE: string } }\n",
      ),
    });
    await space.render({ variables: { SIZE: "huge" } });
    assert.match(space.read("dev/api/v1_configmap_lib-api.yaml"), /huge/);
    assert.equal(
      spawnSync("ls", [join(space.checkout, "one")], { encoding: "utf8" }).stdout,
      "Chart.yaml\n",
    );
  });
});
