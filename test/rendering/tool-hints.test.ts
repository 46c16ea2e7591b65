import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("what a tool refuses", () => {
  let restore = () => {};
  let work: Workspace;
  before(async function () {
    this.timeout(120_000);
    const tools = await toolsOnPath();
    restore = () => tools.restore();
  });
  after(() => restore());
  beforeEach(() => {
    work = workspace();
  });
  afterEach(() => work.remove());

  for (const [what, step, files, expected] of [
    [
      "a file beside a kustomization",
      "kustomize: { path: k }",
      { "k/kustomization.yaml": "resources: [../a.yaml]\n", "a.yaml": configMap("a") },
      /Set loadRestrictor: none in this step/,
    ],
    [
      "charts of a kustomization",
      "kustomize: { path: k }",
      {
        "k/kustomization.yaml": "helmCharts: [{ name: c, releaseName: r }]\n",
        "k/charts/c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      },
      /Set enableHelm: true in this step/,
    ],
    [
      "a number where a text is wanted",
      "kustomize: { path: k }",
      { "k/kustomization.yaml": "images: [{ name: x, newTag: 1.10 }]\n" },
      /a number, true, yes or no has to stand in quotes/,
    ],
    [
      "another version of Kubernetes",
      "helm: { chart: c }",
      { "c/Chart.yaml": 'apiVersion: v2\nname: c\nversion: 1.0.0\nkubeVersion: "<1.2"\n' },
      /is said by its kubernetesVersion/,
    ],
  ] as const) {
    it(`says what to write in fluxgate.yaml: ${what}`, async () => {
      work.put({ "fluxgate.yaml": deliveryWith(`      - ${step}`), ...files });
      assert.match((await work.problems()).join("\n"), expected);
    });
  }

  it("names the value that a tool cannot hold", async () => {
    const variables = { B: "12345678901234567890" };
    const declared = "    config: { variables: { B: integer } }\n";
    work.put({
      "fluxgate.yaml": deliveryWith(
        "      - helm: { chart: c, setFromVariables: { a.b: B } }",
        declared,
      ),
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    });
    const [problem = ""] = await work.problems({ variables });
    assert.match(problem, /the whole number 12345678901234567890 of a\.b exactly/);
  });

  for (const [engine, step] of [
    ["copy", "copy: { path: k }"],
    ["tokens", "tokens: { path: k }"],
  ] as const) {
    it(`is no tool's: ${engine} says what of a kustomization it leaves undone, if anything`, async () => {
      work.put({
        "fluxgate.yaml": deliveryWith(`      - ${step}`),
        "k/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\n",
        "k/a.yaml": configMap("a"),
      });
      const warnings = async () =>
        (await work.render()).result.environments.flatMap((each) => each.warnings).join("\n");
      assert.match(
        await warnings(),
        new RegExp(
          `k/kustomization.yaml does more than list files \\(namePrefix\\), and a ${engine} step does not build it`,
        ),
      );
      work.put({ "k/kustomization.yaml": "resources: [a.yaml]\n" });
      assert.doesNotMatch(await warnings(), /kustomization/);
    });
  }
});
