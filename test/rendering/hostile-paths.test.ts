import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

// Isolation is off: what must hold on every machine is refused before a tool runs.
const isolation = "off";
const token = "AUTHORIZATION: bearer hunter2";

describe("a template that reaches for other files", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({
      ".git/config": `[http]\n  extraheader = ${token}\n`,
      "k/a.yaml": configMap("a"),
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    });
    writeFileSync(join(space.checkout, "../outside.txt"), "hunter2");
  });
  afterEach(() => space.remove());
  const problem = async (step: string, files: Readonly<Record<string, string>>) => {
    space.put({ "fluxgate.yaml": deliveryWith(`      - ${step}`), ...files });
    const problems = await space.problems({ isolation });
    assert.ok(!problems.join("\n").includes("hunter2"));
    return problems.join("\n");
  };
  const link = (path: string, to: string) => {
    mkdirSync(dirname(join(space.checkout, path)), { recursive: true });
    symlinkSync(to, join(space.checkout, path));
  };

  const programs: readonly (readonly [string, RegExp])[] = [
    [
      'importstr "/proc/self/environ"',
      /^a.jsonnet:1: .*import of "\/proc\/self\/environ": leads out of the checkout/,
    ],
    [
      '{} +\n import "../../outside.txt"',
      /^a.jsonnet:2: .*import of "..\/..\/outside.txt": leads out of the checkout/,
    ],
    ['local a = importstr /* x\n */ // y\n # z\n "/etc/passwd"; a', /^a.jsonnet:1: .*passwd"/],
    ["2\n* std.length(importstr @'/etc/passwd')", /^a.jsonnet:2: .*passwd"/],
    ['importstr "\\u002fetc/passwd"', /import of "\/etc\/passwd"/],
    ['"/*" + importstr "/etc/passwd" + "*/"', /import of "\/etc\/passwd"/],
    ['importstr ".git/config"', /\.git\/config leads into git's own files/],
    ['importstr ".GIT/../.git/config"', /not in the checkout|git's own files/],
  ];
  for (const [program, expected] of programs) {
    it(`cannot import: ${JSON.stringify(program)}`, async function () {
      if (!tools.jsonnet) return this.skip();
      assert.match(
        await problem("jsonnet: { file: a.jsonnet }", { "a.jsonnet": program }),
        expected,
      );
    });
  }

  it("may mention an import in a text or a comment", async function () {
    if (!tools.jsonnet) return this.skip();
    space.put({
      "fluxgate.yaml": deliveryWith("      - jsonnet: { file: a.jsonnet }"),
      "a.jsonnet": `// import "/etc/passwd"
# import "x"
{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" },
  data: { a: 'import "y"', b: "\\"", c: |||
    import "z"
  ||| } } + /* import 'q' */ {}
`,
    });
    await space.render({ isolation });
    assert.ok(Object.hasOwn(await space.tree(), "dev/api/v1_configmap_a.yaml"));
  });

  const overlays: readonly (readonly [string, RegExp])[] = [
    ["resources: [http://127.0.0.1:9/x.yaml]", /^k\/kustomization.yaml:1: .*is remote: vendor it/],
    [
      "patches: [{ path: 'https://example.com/p.yaml' }]",
      /"https:\/\/example.com\/p.yaml" is remote/,
    ],
    [
      "configMapGenerator: [{ name: x, files: [a=https://e.com/x] }]",
      /"https:\/\/e.com\/x" is remote/,
    ],
    ["openapi: { path: https://e.com/x }", /is remote/],
    ["transformers: [github.com/org/repo?ref=v1]", /is remote/],
    ["generators: [git@github.com:org/repo]", /is remote/],
    ["replacements: [{ path: ../../outside.txt }]", /leads out of the checkout/],
    ["configMapGenerator: [{ name: x, envs: [/etc/passwd] }]", /leads out of the checkout/],
    ["secretGenerator: [{ name: x, files: [../.git/config] }]", /leads into git's own files/],
    ["x: &x { resources: [https://e.com/x] }\n<<: *x", /is remote/],
    ["Resources: [https://e.com/x]", /:1: .*"Resources" is not how the key is written/],
    ["patches: [{ PATH: https://e.com/x }]", /"PATH" is not how the key is written/],
    ["resources: [a.yaml]\ncomponents: [gone]", /:2: .*"gone" is not there/],
    ["transformers: [t.yaml]", /^k\/t.yaml:4: .*"https:\/\/e.com\/p" is remote/],
  ];
  for (const [overlay, expected] of overlays) {
    it(`cannot lead kustomize elsewhere: ${JSON.stringify(overlay)}`, async () => {
      const files = {
        "k/kustomization.yaml": `${overlay}\n`,
        "k/t.yaml":
          "apiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: t }\npath: https://e.com/p\n",
      };
      assert.match(await problem("kustomize: { path: k }", files), expected);
    });
  }

  it("cannot lead kustomize's charts elsewhere", async () => {
    const charts = (text: string) =>
      problem("kustomize: { path: k, enableHelm: true }", { "k/kustomization.yaml": text });
    assert.match(
      await charts("helmGlobals: { chartHome: ../../x }\n"),
      /leads out of the checkout/,
    );
    assert.match(
      await charts("helmCharts: [{ name: c, valuesFile: https://e.com/v }]\n"),
      /"https:\/\/e.com\/v" is remote/,
    );
  });

  it("cannot follow a link out of the checkout or into .git, in any engine", async () => {
    link("c/files/x", "../../../outside.txt");
    assert.match(await problem("helm: { chart: c }", {}), /c\/files\/x leads out of the checkout/);
    link("d/config", "../.git/config");
    assert.match(await problem("copy: { path: d }", {}), /d\/config leads into git's own files/);
    link("k/link", "../..");
    const overlay = { "k/kustomization.yaml": "resources: [link]\n" };
    assert.match(await problem("kustomize: { path: k }", overlay), /k\/link leads out/);
    assert.match(await problem("copy: { path: .git/config }", {}), /leads into git's own files/);
  });

  it("does not see the token that the checkout step left, where the chart is the whole checkout", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: . }"),
      "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      "templates/a.yaml": `${configMap("a").trim().replace('a: "1"', 'a: {{ .Files.Get ".git/config" | quote }}')}\n`,
    });
    for (const mode of ["off", "auto"] as const) {
      await space.render({ isolation: mode });
      assert.match(space.read("dev/api/v1_configmap_a.yaml"), /a: ""/);
    }
  });
});
