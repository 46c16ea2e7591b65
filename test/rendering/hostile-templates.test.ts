import assert from "node:assert/strict";
import { deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const mebibyte = 1024 * 1024;
const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";

describe("a hostile template", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({ "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n" });
  });
  afterEach(() => space.remove());
  const helm = (template: string) =>
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: c }"),
      "c/templates/a.yaml": template,
    });
  const jsonnet = (program: string) =>
    space.put({
      "fluxgate.yaml": deliveryWith("      - jsonnet: { file: a.jsonnet }"),
      "a.jsonnet": program,
    });
  const one = async (options: Parameters<Workspace["problems"]>[0]) => {
    const problems = await space.problems(options);
    assert.equal(problems.length, 1, problems.join("\n"));
    return problems[0] ?? "";
  };

  // Each with namespaces where the machine allows them, and without.
  for (const isolation of ["auto", "off"] as const) {
    it(`that never ends is ended, and named with its command (isolation ${isolation})`, async function () {
      if (!tools.jsonnet) return this.skip();
      jsonnet("local f(x) = f(x + 1) tailstrict; f(0)");
      assert.match(
        await one({ isolation, limits: { timeoutMs: 1500 } }),
        /^fluxgate\.yaml:7: Failed to render app api, environment dev, step 1 \(jsonnet\): jsonnet did not finish within 1.5 s \(repeat it: jsonnet .* --ext-str environment=dev .* a\.jsonnet\)$/,
      );
    });

    it(`that takes all memory is ended (isolation ${isolation})`, async () => {
      helm(`${head}data: { a: {{ repeat 1900000000 "x" | len }} }\n`);
      const limits = { maxMemory: 300 * mebibyte };
      assert.match(
        await one({ isolation, limits }),
        /step 1 \(helm\): .*used more than 300 MiB of memory.*\(repeat it: helm template/,
      );
    });
  }

  it("that writes without end is ended", async () => {
    helm(`${head}data: { a: "{{ repeat 3000000 "x" }}" }\n`);
    assert.match(await one({ limits: { maxOutput: mebibyte } }), /helm: it wrote more than 1 MiB/);
  });

  it("whose output multiplies by anchors is a problem of its template", async () => {
    const lines = Array.from(
      { length: 25 },
      (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`,
    );
    helm(`${head}a0: &a0 [x]\n${lines.join("\n")}\n`);
    assert.match(
      await one({}),
      /^c\/templates\/a.yaml: .*(excessive aliasing|more than 100 uses of YAML anchors)/,
    );
  });

  it("whose output is nested without end is a problem", async function () {
    if (!tools.jsonnet) return this.skip();
    jsonnet("{ a: std.foldl(function(a, _) [a], std.range(1, 400), 1), apiVersion: 'v1' }");
    assert.match(await one({}), /nested more than 200 levels deep/);
  });

  it("gives its objects no file outside of the app's folder", async function () {
    if (!tools.jsonnet) return this.skip();
    jsonnet(`[{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: name } }
      for name in ["../../x", "..", "/etc/x", "a\\u0000b", "a\\nb", "\\ud83d\\ude00"]]`);
    space.put({
      "fluxgate.yaml": `${deliveryWith("      - jsonnet: { file: a.jsonnet }")}validate: { off: [schema, names] }\n`,
    });
    await space.render();
    for (const path of Object.keys(await space.tree())) {
      assert.match(path, /^dev\/(api|\.fluxgate)\/[a-z0-9._%~-]+$/);
    }
  });

  it("sees no token, no address and no cluster", async () => {
    process.env["SYSTEM_ACCESSTOKEN"] = "hunter2";
    try {
      helm(`${head}data:
  env: {{ tpl "{{ env \\"SYSTEM_ACCESSTOKEN\\" }}" . | quote }}\n`);
      assert.match(await one({}), /function "env" not defined/);
      helm(`${head}data:
  host: {{ getHostByName "localhost" | quote }}
  secret: {{ lookup "v1" "Secret" "kube-system" "x" | toJson | quote }}\n`);
      await space.render();
      assert.match(space.read("dev/api/v1_configmap_a.yaml"), /host: ""\n {2}secret: "\{\}"/);
    } finally {
      delete process.env["SYSTEM_ACCESSTOKEN"];
    }
  });
});
