import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const chart = (name: string, more = "") => `apiVersion: v2\nname: ${name}\nversion: 1.2.3\n${more}`;
const template = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${name}-{{ .Release.Name }}" }\ndata: { v: "{{ .Values.v }}" }\n`;

describe("engines", () => {
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
  const names = async () => {
    const { result } = await space.render();
    return result.environments[0]?.objects.map(({ identity }) => identity.name);
  };

  it("helm: a packaged chart", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: vendor/one-1.2.3.tgz }"),
      "one/Chart.yaml": chart("one"),
      "one/values.yaml": "v: 1",
      "one/templates/a.yaml": template("one"),
      "vendor/.keep": "",
    });
    const packed = spawnSync("helm", ["package", "one", "-d", "vendor"], { cwd: space.checkout });
    assert.equal(packed.status, 0);
    assert.deepEqual(await names(), ["one-api"]);
  });

  it("helm: a dependency in the repository is built without a network", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: charts/one }"),
      "charts/one/Chart.yaml": chart(
        "one",
        'dependencies: [{ name: two, version: 1.2.3, repository: "file://../two" }]\n',
      ),
      "charts/one/values.yaml": "v: 1\ntwo: { v: 5 }",
      "charts/one/templates/a.yaml": template("one"),
      "charts/two/Chart.yaml": chart("two"),
      "charts/two/templates/a.yaml": template("two"),
    });
    assert.deepEqual(await names(), ["one-api", "two-api"]);
    assert.match(space.read("dev/api/v1_configmap_two-api.yaml"), /v: "5"/);
  });

  it("helm: hooks and tests are left out, CRDs are not, unless asked", async () => {
    const files = {
      "c/Chart.yaml": chart("c"),
      "c/templates/hook.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: hook, annotations: { helm.sh/hook: pre-install } }\n`,
      "c/templates/test.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: test, annotations: { helm.sh/hook: test } }\n`,
      "c/templates/both.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: both, annotations: { helm.sh/hook: "post-install, test" } }\n`,
      "c/crds/x.yaml": `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: xs.a.io }\nspec: { group: a.io, scope: Cluster, names: { kind: X, plural: xs }, versions: [] }\n`,
    };
    space.put({ ...files, "fluxgate.yaml": deliveryWith("      - helm: { chart: c }") });
    assert.deepEqual(await names(), ["xs.a.io"]);
    const all = "{ chart: c, hooks: true, skipTests: false, includeCRDs: false }";
    space.put({ "fluxgate.yaml": deliveryWith(`      - helm: ${all}`) });
    assert.deepEqual(await names(), ["both", "hook", "test"]);
    space.put({ "fluxgate.yaml": deliveryWith("      - helm: { chart: c, hooks: true }") });
    assert.deepEqual(await names(), ["xs.a.io", "both", "hook"]);
  });

  it("helm: sees the Kubernetes version and API versions of the environment", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - helm: { chart: c, apiVersions: [b/v1/B] }",
        '    kubernetesVersion: "1.33.4"\n    apiVersions: [a/v1]\n',
      ),
      "c/Chart.yaml": chart("c"),
      "c/templates/a.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data: { v: "{{ .Capabilities.KubeVersion }}", a: "{{ .Capabilities.APIVersions.Has "a/v1" }}", b: "{{ .Capabilities.APIVersions.Has "b/v1/B" }}" }
`,
    });
    await space.render();
    assert.match(
      space.read("dev/api/v1_configmap_a.yaml"),
      /v: v1.33.4\n\s+a: "true"\n\s+b: "true"/,
    );
  });

  it("kustomize: components, generators, images and a vendored chart", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k/overlay, enableHelm: true }"),
      "k/overlay/kustomization.yaml": `resources: [../base]
components: [../part]
configMapGenerator: [{ name: made, files: [app.conf=made.txt], options: { disableNameSuffixHash: true } }]
helmCharts: [{ name: one, releaseName: inner, valuesFile: one.yaml }]
`,
      "k/overlay/made.txt": "x=1",
      "k/overlay/one.yaml": "v: 9",
      "k/overlay/charts/one/Chart.yaml": chart("one"),
      "k/overlay/charts/one/templates/a.yaml": template("one"),
      "k/base/kustomization.yaml": "resources: [a.yaml]\n",
      "k/base/a.yaml": configMap("base"),
      "k/part/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [p.yaml]\n",
      "k/part/p.yaml": configMap("part"),
    });
    assert.deepEqual(await names(), ["base", "made", "one-inner", "part"]);
    assert.match(space.read("dev/api/v1_configmap_one-inner.yaml"), /v: "9"/);
  });

  it("jsonnet: several files with YAML text or objects, and a failing import with its line", async function () {
    if (!tools.jsonnet) this.skip();
    space.put({
      "fluxgate.yaml": deliveryWith("      - jsonnet: { file: a.jsonnet, multi: true }"),
      "a.jsonnet": `// import "not-this.libsonnet"
local object(name) = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: name } };
{ "a.yaml": std.manifestYamlStream([object("a"), object("b")]), "c.json": object("c"), "d.json": [object("d")] }`,
    });
    assert.deepEqual(await names(), ["a", "b", "c", "d"]);
    space.put({ "a.jsonnet": `local x = 1;\nimport "gone.libsonnet"` });
    assert.match((await space.problems())[0] ?? "", /^a.jsonnet:2: .*import "gone.libsonnet"/);
    space.put({ "a.jsonnet": `{\n  a: std.extVar("none"),\n}` });
    assert.match((await space.problems())[0] ?? "", /^a.jsonnet:2: .*none/);
  });

  it("images: declared fields of custom resources count", async () => {
    space.put({
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x.yaml }")}images: [{ name: reg/db }]
imageFields: [{ kind: Database, group: example.com, path: spec.image }]
`,
      "x.yaml":
        "apiVersion: example.com/v1\nkind: Database\nmetadata: { name: a }\nspec: { image: reg/db }\n",
    });
    await space.render({ images: [{ name: "reg/db", tag: "3" }] });
    assert.match(space.read("dev/api/example.com_v1_database_a.yaml"), /image: reg\/db:3/);
  });
});
