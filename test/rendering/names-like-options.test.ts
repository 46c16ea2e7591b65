import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const chart = {
  "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
  "templates/a.yaml": configMap("a").replace('"1"', "{{ .Values | toJson | quote }}"),
};

describe("names of files that look like options or lists", () => {
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
  const rendered = async () => {
    await space.render();
    return space.read("dev/api/v1_configmap_a.yaml");
  };

  for (const folder of ["--output-dir", "-f", "--post-renderer=x", "http:", "a,b", "{a}", "a b"]) {
    it(`reach helm as names: ${folder}`, async () => {
      for (const [path, text] of Object.entries(chart)) space.put({ [`${folder}/${path}`]: text });
      space.put({
        [`${folder}/-v.yaml`]: "one: 1\n",
        [`${folder}/t,u=x.txt`]: "text",
        "fluxgate.yaml": deliveryWith(
          `      - helm: { chart: "${folder}", values: ["${folder}/-v.yaml"], setFiles: { two: "${folder}/t,u=x.txt" } }`,
        ),
      });
      assert.match(await rendered(), /a: '\{"one":1,"two":"text"\}'/);
    });
  }

  for (const folder of ["--help", "-o", "https:", "ab::c"]) {
    it(`reach kubectl as names: ${folder}`, async () => {
      space.put({
        [`${folder}/kustomization.yaml`]: "resources: [a.yaml]\n",
        [`${folder}/a.yaml`]: configMap("a"),
        "fluxgate.yaml": deliveryWith(`      - kustomize: { path: "${folder}" }`),
      });
      assert.match(await rendered(), /name: a/);
    });
  }

  for (const folder of ["--version", "-e", "-abc"]) {
    it(`reach jsonnet as names: ${folder}`, async function () {
      if (!tools.jsonnet) this.skip();
      space.put({
        [`${folder}/-x.jsonnet`]: `[import "l.libsonnet"]`,
        [`-lib/l.libsonnet`]: `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }`,
        "fluxgate.yaml": deliveryWith(
          `      - jsonnet: { file: "${folder}/-x.jsonnet", libraries: ["-lib"] }`,
        ),
      });
      assert.match(await rendered(), /name: a/);
    });
  }
});
