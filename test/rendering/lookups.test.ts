import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const looksUp = `{{- $old := lookup "v1" "Secret" .Release.Namespace "old" }}
{{- if not $old }}
${configMap("asked")}
{{- end }}
`;

describe("a chart whose templates look up objects in the cluster", () => {
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

  const putChart = (folder: string, template: string) =>
    space.put({
      [`${folder}/Chart.yaml`]: "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      [`${folder}/values.yaml`]: "",
      [`${folder}/templates/a.yaml`]: template,
      [`${folder}/templates/b.yaml`]: configMap("plain"),
    });
  const warnings = async (step: string) => {
    space.put({ "fluxgate.yaml": deliveryWith(`      - ${step}`) });
    const { result } = await space.render();
    return result.environments[0]?.warnings ?? [];
  };
  const said = (path: string, chart: string) =>
    `app api: ${path} looks up objects in the cluster (chart ${chart}). Nothing of it is found while rendering: this is what they make where none is there`;

  it("is said to find nothing of it, by helm and by a kustomization, once", async () => {
    putChart("web", looksUp);
    assert.deepEqual(await warnings("helm: { chart: web }"), [said("templates/a.yaml", "web")]);
    space.put({ web: undefined });
    putChart("k/charts/web", looksUp);
    space.put({ "k/kustomization.yaml": "helmCharts: [{ name: web }]\n" });
    assert.deepEqual(await warnings("kustomize: { path: k, enableHelm: true }"), [
      said("k/charts/web/templates/a.yaml", "k"),
    ]);
  });

  it("is not said where only a comment names it", async () => {
    putChart("web", `{{/* lookup "v1" */}}\n${configMap("asked")}`);
    assert.deepEqual(await warnings("helm: { chart: web }"), []);
  });
});
