import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { parseOwnershipIndex } from "../../core/render/ownership-index.ts";
import { deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const object = (kind: string, name: string, body: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n${body}\n`;
const chart = {
  "chart/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
  "chart/values.yaml": "replicas: 1\nhost: none\ntimeout: 5\n",
  "chart/templates/settings.yaml": object(
    "ConfigMap",
    "settings",
    `data:
  {{- /* .Values.unused is named here only */}}
  replicas: "{{ .Values.replicas }}"
  host: "{{ .Values.host }}"
  timeout: "{{ $.Values.timeout }}"
  nothing: "{{ .Values.notThere }}"`,
  ),
  "overlay/kustomization.yaml": "namespace: shop\nresources: [input.yaml]\n",
  "config/dev.yaml": "a: 1\nreplicas: 3\n",
};
const steps = `      - helm: { chart: chart, release: api, setFromVariables: { host: API_HOST } }
      - kustomize: { path: overlay }`;
const environment = `    config:
      variables: { API_HOST: string }
      files: [config/dev.yaml]
      snippets: [snippets]
`;

describe("where an object comes from, in the index", () => {
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

  const origins = () => {
    const text = space.read("dev/.fluxgate/shop.json");
    const { index, problems } = parseOwnershipIndex(text, "shop.json");
    assert.deepEqual(problems, []);
    return index?.provenance.origins ?? assert.fail("no origins");
  };

  it("names template, overlay, patches, and what gives its values, without any value", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(steps, environment),
      ...chart,
      "snippets/more.patch.yaml": object("ConfigMap", "settings", "data: { more: 'secret-text' }"),
      "snippets/added.yaml": `---\n${object("ConfigMap", "added", "data: {}")}`,
    });
    await space.render({ variables: { API_HOST: "dev.fabrikam.com" } });
    const { apps, objects } = origins();
    assert.deepEqual(apps["api"], {
      steps: ["helm", "kustomize"],
      values: [{ file: "config/dev.yaml" }],
      variables: ["API_HOST"],
    });
    assert.deepEqual(objects["api/shop_v1_configmap_settings.yaml"], {
      files: [{ file: "chart/templates/settings.yaml" }, { file: "overlay/kustomization.yaml" }],
      reads: [
        { name: "replicas", file: "config/dev.yaml", line: 2 },
        { name: "host", variable: "API_HOST" },
        { name: "timeout", file: "chart/values.yaml", line: 3 },
      ],
      patches: [{ file: "snippets/more.patch.yaml", line: 1 }],
    });
    assert.deepEqual(objects["api/v1_configmap_added.yaml"]?.files, [
      { file: "snippets/added.yaml", line: 2 },
    ]);
    assert.doesNotMatch(space.read("dev/.fluxgate/shop.json"), /dev\.fabrikam\.com|secret-text/);
  });

  it("names what tokens were replaced by, object by object through a further step", async () => {
    const read = `      - tokens: { path: web, pattern: "#{name}#" }\n      - tokens: {}`;
    space.put({
      "fluxgate.yaml": deliveryWith(read, environment.replace("snippets: [snippets]", "")),
      "web/a.yaml": object("ConfigMap", "a", 'data: { host: "#{API_HOST}#", n: "#{replicas}#" }'),
      "web/b.yaml": object("ConfigMap", "b", "data: {}"),
      "config/dev.yaml": "replicas: 3\n",
    });
    await space.render({ variables: { API_HOST: "x" } });
    const { objects } = origins();
    assert.deepEqual(objects["api/v1_configmap_a.yaml"], {
      files: [{ file: "web/a.yaml", line: 1 }],
      reads: [
        { name: "API_HOST", variable: "API_HOST" },
        { name: "replicas", file: "config/dev.yaml", line: 1 },
      ],
      patches: [],
    });
    assert.deepEqual(objects["api/v1_configmap_b.yaml"], {
      files: [{ file: "web/b.yaml", line: 1 }],
      ...{ reads: [], patches: [] },
    });
  });

  it("follows helpers that get the chart's values, and no others", async () => {
    const text = `data:
  {{- with .Values.nested }}
  inner: "{{ .Values }}"
  again: {{ include "api.shared" $ | quote }}
  hidden: {{ include "api.foreign" . | quote }}
  {{- end }}
  {{- include "api.list" (dict "Values" .Values.other) }}
  plain: .Values.plain`;
    const helpers = `{{- define "api.shared" }}{{ .Values.shared }}{{ include "api.deep" . }}{{ end }}
{{- define "api.deep" }}{{/* .Values.comment */}}{{ .Values.deep.er }}{{ end }}
{{- define "api.foreign" }}{{ with .Values }}{{ .foreign }}{{ end }}{{ .Values.foreign }}{{ end }}
{{- define "api.list" }}{{ .Values.listed }}{{ end }}`;
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: chart, release: api }"),
      "chart/Chart.yaml": chart["chart/Chart.yaml"],
      "chart/values.yaml": `nested: { Values: {} }
shared: a
deep:
  er: b
other: {}
plain: c
foreign: d
listed: e
comment: f
`,
      "chart/templates/_helpers.tpl": helpers,
      "chart/templates/a.yaml": object("ConfigMap", "a", text),
    });
    await space.render();
    const file = "chart/values.yaml";
    assert.deepEqual(origins().objects["api/v1_configmap_a.yaml"]?.reads, [
      { name: "nested", file, line: 1 },
      { name: "other", file, line: 5 },
      { name: "shared", file, line: 2 },
      { name: "deep.er", file, line: 4 },
    ]);
  });

  it("names what gives a subchart its values, by the names that the chart around it has", async () => {
    const names = ["own", "given", "set", "global.region"];
    const data = names.map((name) => `  ${name.replace(".", "-")}: "{{ .Values.${name} }}"\n`);
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - helm: { chart: chart, release: api, set: { db.set: x } }",
      ),
      "chart/Chart.yaml": chart["chart/Chart.yaml"],
      "chart/values.yaml": "given: wrong\nset: wrong\ndb:\n  given: b\nglobal:\n  region: eu\n",
      "chart/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
      "chart/charts/db/values.yaml": "own: a\ngiven: a\nset: a\nglobal: { region: us }\n",
      "chart/charts/db/templates/a.yaml": object("ConfigMap", "db", `data:\n${data.join("")}`),
    });
    await space.render();
    assert.deepEqual(origins().objects["api/v1_configmap_db.yaml"]?.reads, [
      { name: "db.own", file: "chart/charts/db/values.yaml", line: 1 },
      { name: "db.given", file: "chart/values.yaml", line: 4 },
      { name: "db.set", file: "fluxgate.yaml", line: 7 },
      { name: "global.region", file: "chart/values.yaml", line: 6 },
    ]);
  });

  it("names what gives its values to a chart that is packed, and to one packed in its folder", async () => {
    const names = ["own", "given"];
    const data = names.map((name) => `  ${name}: "{{ .Values.${name} }}"\n`).join("");
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - helm: { chart: packed/db-1.0.0.tgz, release: db, set: { given: x } }\n      - helm: { chart: chart, release: api }",
      ),
      "chart/Chart.yaml": chart["chart/Chart.yaml"],
      "chart/values.yaml": "db:\n  given: b\n",
      "chart/charts/db-1.0.0.tgz": "",
      "packed/db-1.0.0.tgz": "",
      "db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
      "db/values.yaml": "own: a\ngiven: a\n",
      "db/templates/a.yaml": object("ConfigMap", "{{ .Release.Name }}", `data:\n${data}`),
    });
    for (const archive of ["packed/db-1.0.0.tgz", "chart/charts/db-1.0.0.tgz"]) {
      execFileSync("tar", ["-czf", archive, "db"], { cwd: space.checkout });
    }
    await space.render();
    const { objects } = origins();
    assert.deepEqual(objects["api/v1_configmap_db.yaml"], {
      files: [{ file: "packed/db-1.0.0.tgz/templates/a.yaml" }],
      reads: [
        { name: "own", file: "packed/db-1.0.0.tgz/values.yaml", line: 1 },
        { name: "given", file: "fluxgate.yaml", line: 7 },
      ],
      patches: [],
    });
    assert.deepEqual(objects["api/v1_configmap_api.yaml"]?.reads, [
      { name: "db.own", file: "chart/charts/db-1.0.0.tgz/values.yaml", line: 1 },
      { name: "db.given", file: "chart/values.yaml", line: 2 },
    ]);
  });

  it("names what a jsonnet program takes from outside, and what gives it", async function () {
    if (!tools.jsonnet) this.skip();
    const program = `local c = std.extVar('config'); // std.extVar('comment')
local host = std.extVar("API_HOST");
function(size, zone='a') [
  ${JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } })} + {
    data: { host: host, n: std.toString(c.limits.replicas), s: size, z: zone, t: std.extVar("tier") },
  },
]`;
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - jsonnet: { file: api.jsonnet, extVars: { tier: web }, topLevelArguments: { zone: b }, argumentsFromVariables: { size: SIZE } }",
        `    config:
      variables: { API_HOST: string, SIZE: string, UNUSED: string }
      files: [config/dev.yaml]
`,
      ),
      "api.jsonnet": program,
      "config/dev.yaml": "a: 1\nlimits:\n  replicas: 3\n",
    });
    await space.render({ variables: { API_HOST: "x", SIZE: "y", UNUSED: "z" } });
    const file = "fluxgate.yaml";
    assert.deepEqual(origins().objects["api/v1_configmap_a.yaml"], {
      files: [{ file: "api.jsonnet" }],
      reads: [
        { name: "API_HOST", variable: "API_HOST" },
        { name: "tier", file, line: 7 },
        { name: "size", variable: "SIZE" },
        { name: "zone", file, line: 7 },
        { name: "limits.replicas", file: "config/dev.yaml", line: 3 },
      ],
      patches: [],
    });
  });

  it("names a line of values that repeat one another, however often", async () => {
    const values = `one: &one { a: 1 }\nall: [${"*one, ".repeat(150)}*one]\n`;
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: chart, release: api }"),
      "chart/Chart.yaml": chart["chart/Chart.yaml"],
      "chart/values.yaml": values,
      "chart/templates/a.yaml": object("ConfigMap", "a", 'data: { n: "{{ len .Values.all }}" }'),
    });
    await space.render();
    assert.deepEqual(origins().objects["api/v1_configmap_a.yaml"]?.reads, [
      { name: "all", file: "chart/values.yaml", line: 2 },
    ]);
  });

  it("is the same from the cache, and alone never writes anything", async () => {
    space.put({ "fluxgate.yaml": deliveryWith("      - copy: { path: x }"), "x/a.yaml": "" });
    space.put({ "x/a.yaml": object("ConfigMap", "a", "data: {}") });
    await space.render();
    space.put({ "x/a.yaml": undefined, "x/b.yaml": object("ConfigMap", "a", "data: {}") });
    const { plans } = await space.render();
    assert.equal(plans[0]?.plan.unchanged, true);
    assert.deepEqual(origins().objects["api/v1_configmap_a.yaml"]?.files, [
      { file: "x/a.yaml", line: 1 },
    ]);
  });
});

describe("origins that anybody wrote", () => {
  const read = (origins: unknown) => {
    const index = { apiVersion: "fluxgate.dev/v1", kind: "OwnershipIndex", delivery: "shop" };
    const text = JSON.stringify({
      ...{ ...index, environment: "dev", files: {}, provenance: { origins } },
    });
    return parseOwnershipIndex(text, "shop.json").index?.provenance.origins;
  };

  it("are read as far as they are what they should be", () => {
    const nothing = { apps: {}, objects: {} };
    for (const odd of [null, 7, [], { apps: 7, objects: "x" }]) {
      assert.deepEqual(read(odd), nothing, JSON.stringify(odd));
    }
    const objects = {
      a: { files: [{ file: "t.yaml", line: -1 }, 7, { line: 3 }], reads: [{ name: 7 }, {}] },
      b: "text",
      __proto__: { files: [] },
    };
    assert.deepEqual(read({ apps: {}, objects })?.objects, {
      a: { files: [{ file: "t.yaml" }], reads: [], patches: [] },
    });
    const many = Array.from({ length: 5_000 }, (_, index) => ({ file: `f${index}` }));
    assert.equal(read({ objects: { a: { files: many } } })?.objects["a"]?.files.length, 20);
  });
});
