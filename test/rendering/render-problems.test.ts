import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const helm = "      - helm: { chart: deploy/chart }";
const variables = { REPLICAS: "3", API_HOST: "x" };

describe("a render that cannot succeed", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace("shop");
  });
  afterEach(() => space.remove());

  it("names app, environment, step, template and line, and how to repeat it", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(helm),
      "deploy/chart/templates/bad.yaml": "a: 1\nb: {{ .Values.database.host }}\n",
    });
    const [problem, ...more] = await space.problems();
    assert.deepEqual(more, []);
    assert.match(
      problem ?? "",
      /^deploy\/chart\/templates\/bad.yaml:2: Failed to render app api, environment dev, step 1 \(helm\): .*nil pointer.*A value that the template reads is not set.*\(repeat it: helm template --include-crds -- api deploy\/chart/,
    );
  });

  it("tells a template that renders broken YAML, and values that the chart's schema refuses", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(helm),
      "deploy/chart/templates/bad.yaml": "apiVersion: v1\n  kind: x\n",
    });
    assert.match((await space.problems())[0] ?? "", /^deploy\/chart\/templates\/bad.yaml.*YAML/);
    space.put({
      "deploy/chart/templates/bad.yaml": undefined,
      "deploy/chart/values.schema.json": `{"properties":{"replicas":{"type":"string"}}}`,
    });
    assert.match((await space.problems())[0] ?? "", /replicas/);
  });

  it("says that a chart's dependencies must be vendored", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(helm),
      "deploy/chart/Chart.yaml":
        "apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{ name: redis, version: 1.0.0, repository: 'https://example.com' }]\n",
    });
    assert.match(
      (await space.problems())[0] ?? "",
      /dependency redis 1.0.0 is neither in .*`helm pull redis --repo /,
    );
  });

  it("shows the problems of all apps and environments at once", async () => {
    space.put({
      "deploy/chart/templates/bad.yaml": '{{ fail "no" }}',
      "deploy/web/other.yaml": "a: #{MISSING}#\n",
    });
    const problems = await space.problems({ variables });
    assert.deepEqual(problems.map((text) => /app \w+, environment \w+/.exec(text)?.[0]).sort(), [
      "app api, environment dev",
      "app api, environment prod",
      "app web, environment dev",
      "app web, environment prod",
    ]);
    assert.ok(problems.some((text) => text.startsWith("deploy/web/other.yaml:1:4: ")));
  });

  it("refuses what kustomize would fetch, miss or find outside", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k }"),
      "k/kustomization.yaml": `resources:
  - https://example.com/base
  - github.com/org/repo//base?ref=v1
  - gone.yaml
  - ../../../outside
`,
    });
    assert.deepEqual(
      (await space.problems()).map((text) => text.replace(/Failed .*\): /, "")),
      [
        'k/kustomization.yaml:2: "https://example.com/base" is remote: vendor it into the repository',
        'k/kustomization.yaml:3: "github.com/org/repo//base?ref=v1" is remote: vendor it into the repository',
        'k/kustomization.yaml:4: "gone.yaml" is not there',
        'k/kustomization.yaml:5: "../../../outside" leads out of the checkout',
      ],
    );
  });

  it("refuses an overlay that would drop what the steps before wrote", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(`${helm}\n      - kustomize: { path: k }`),
      "k/kustomization.yaml": "resources: [a.yaml]\n",
      "k/a.yaml": configMap("a"),
    });
    assert.match((await space.problems())[0] ?? "", /list input.yaml under resources/);
  });

  it("does not follow a symbolic link out of the checkout", async () => {
    const outside = join(space.out, "..", "secret");
    mkdirSync(outside);
    writeFileSync(join(outside, "x.yaml"), configMap("x"));
    mkdirSync(join(space.checkout, "links"));
    symlinkSync(outside, join(space.checkout, "links/evil"));
    space.put({ "fluxgate.yaml": deliveryWith("      - copy: { path: links }") });
    assert.match((await space.problems())[0] ?? "", /links\/evil leads out of the checkout/);
  });

  it("asks for variables that are missing, mistyped or secret", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - copy: { path: deploy/web }",
        "    config: { variables: { A: integer, B: boolean, C: string, D: { from: GROUP_D } } }\n",
      ),
    });
    const problems = await space.problems({ variables: { A: "1.5", B: "yes" }, secrets: ["C"] });
    assert.deepEqual(
      problems.map((text) => text.replace("environment dev: ", "").split(":")[0]),
      [
        "variable A is no integer",
        "variable B is no boolean (true or false)",
        "variable C is secret and would be written to git in plain text",
        "variable D (from GROUP_D) has no value",
      ],
    );
  });

  it("tells images that land nowhere and images without a tag", async () => {
    const name = "registry.fabrikam.com:5000/shop/";
    const images = [
      { name: `${name}apo`, tag: "1" },
      { name: `${name}api`, tag: "1" },
    ];
    const problems = await space.problems({ variables, environments: ["dev"], images });
    assert.match(problems[0] ?? "", /image .*shop\/apo of the image list is used by no rendered/);
    assert.match(problems[1] ?? "", /image .*shop\/web has no tag/);
    assert.equal(problems.length, 2);
  });

  it("tells objects that two apps render", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: a.yaml }").replace(
        "environments:",
        "  - { name: web, render: [{ copy: { path: a.yaml } }] }\nenvironments:",
      ),
      "a.yaml": configMap("a"),
    });
    assert.deepEqual(await space.problems(), [
      "environment dev: ConfigMap/a is rendered 2 times (app api: a.yaml:1, app web: a.yaml:1)",
    ]);
  });

  it("names an unknown environment and those there are", async () => {
    assert.deepEqual(await space.problems({ environments: ["prd"], variables }), [
      'delivery shop has no environment "prd": it has dev, prod',
    ]);
  });

  it("says which tool is missing or too old, before anything is rendered", async () => {
    const path = process.env["PATH"] ?? "";
    const bin = join(space.out, "..", "bin");
    mkdirSync(bin);
    try {
      process.env["PATH"] = bin;
      await assert.rejects(space.render({ variables }), {
        code: "tool-missing",
        message: /tool helm/,
      });
      writeFileSync(join(bin, "helm"), "#!/bin/sh\necho v3.2.1\n");
      writeFileSync(join(bin, "kubectl"), "#!/bin/sh\necho v1.36.0\n");
      for (const tool of ["helm", "kubectl"]) chmodSync(join(bin, tool), 0o755);
      process.env["PATH"] = `${bin}${delimiter}${path}`;
      await assert.rejects(space.render({ variables }), {
        code: "tool-too-old",
        message: "Failed to use helm 3.2.1: it is older than 3.14.0",
      });
    } finally {
      process.env["PATH"] = path;
    }
  });
});
