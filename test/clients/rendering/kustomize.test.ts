import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("a kustomize step", () => {
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

  const charts = `helmGlobals: { chartHome: ../charts }
helmCharts:
  - { name: one, releaseName: a }
  - { name: two, releaseName: a, version: 1.0.0, repo: https://charts.example.com }
  - { name: three, releaseName: a, version: 1.0.0, repo: oci://ghcr.io/acme }
`;

  it("names each chart that is not vendored where kustomize looks, and how to get it", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k, enableHelm: true }"),
      "k/kustomization.yaml": charts,
      "charts/two-1.0.0/two/Chart.yaml": "apiVersion: v2\nname: two\nversion: 1.0.0\n",
    });
    const where = "Failed to render app api, environment dev, step 1 (kustomize)";
    assert.deepEqual(await space.problems(), [
      `k/kustomization.yaml:3: ${where}: chart one is not in charts/one, and nothing is fetched while rendering. Run \`helm pull one --untar --untardir charts\` and commit it`,
      `k/kustomization.yaml:5: ${where}: chart three is not in charts/three-1.0.0/three, and nothing is fetched while rendering. Run \`helm pull oci://ghcr.io/acme/three --version 1.0.0 --untar --untardir charts/three-1.0.0\` and commit it`,
    ]);
  });

  it("inflates a vendored chart of a repository without asking that repository", async () => {
    const folder = "k/charts/two-1.0.0/two";
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k, enableHelm: true }"),
      "k/kustomization.yaml":
        "helmCharts: [{ name: two, releaseName: a, version: 1.0.0, repo: https://charts.invalid }]\n",
      [`${folder}/Chart.yaml`]: "apiVersion: v2\nname: two\nversion: 1.0.0\n",
      [`${folder}/values.yaml`]: "",
      [`${folder}/templates/a.yaml`]: configMap("inner"),
    });
    const { result } = await space.render();
    assert.equal(result.environments[0]?.objects[0]?.identity.name, "inner");
  });

  it("warns of images that match nothing, which kustomize passes over", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k }"),
      "k/kustomization.yaml": `resources: [pod.yaml]
images:
  - { name: r/app, newTag: "2" }
  - { name: r/old, newName: r/new }
  - { name: r/ap, newTag: "3" }
`,
      "k/pod.yaml": `apiVersion: v1
kind: Pod
metadata: { name: p }
spec: { containers: [{ name: a, image: "r/app:1" }, { name: b, image: r/old }] }
`,
    });
    const { result } = await space.render();
    assert.deepEqual(
      result.environments[0]?.warnings.filter((text) => text.includes("images of")),
      ["app api: images of k/kustomization.yaml name r/ap, which nothing uses"],
    );
  });

  it("reads files beside its folder only when told to", async () => {
    const files = {
      "k/kustomization.yaml": "resources: [../plain/a.yaml]\n",
      "plain/a.yaml": configMap("a"),
    };
    space.put({ ...files, "fluxgate.yaml": deliveryWith("      - kustomize: { path: k }") });
    assert.match((await space.problems())[0] ?? "", /security; file .* is not in or below/);
    const step = "      - kustomize: { path: k, loadRestrictor: none }";
    space.put({ "fluxgate.yaml": deliveryWith(step) });
    const { result } = await space.render();
    assert.equal(result.environments[0]?.objects[0]?.identity.name, "a");
  });
});
