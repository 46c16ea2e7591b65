import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ChartOrigin } from "../../core/charts/chart-origin.ts";
import type { ChartRelease } from "../../core/charts/chart-release.ts";
import { hookEvents, isTestOnly } from "../../core/charts/hook-events.ts";
import { valueAt } from "../../core/diff/values.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { isRecord, parseManifests, parseYaml } from "../../core/manifests/parse.ts";
import { scopeFinder } from "../../core/manifests/scope.ts";
import { mergeValues } from "../../core/render/merge-values.ts";
import { sha256 } from "../../clients/sha256.ts";
import type { Kube } from "../../kube/kube.ts";
import type { RunTool } from "../step-context.ts";
import type { ChartFiles } from "./find-chart.ts";
import { postRender } from "./post-render.ts";

export type RenderSettings = {
  readonly run: RunTool;
  readonly scratch: string;
  readonly kube: Kube;
  /** Whether the definitions in the chart's `crds` folder are applied. */
  readonly crds: boolean;
  readonly isUpgrade: boolean;
  /** API versions that the repository itself uses: charts ask for them. */
  readonly apiVersions: readonly string[];
};

/** What Helm would install of a release, hooks included, tests not. @throws ToolFailure, Error. */
export async function renderRelease(
  release: ChartRelease,
  chart: ChartFiles,
  settings: RenderSettings,
): Promise<readonly KubernetesObject[]> {
  const folder = mkdtempSync(join(settings.scratch, "release-"));
  writeChart(join(folder, "chart"), withValuesFiles(chart, release.origin));
  const values = join(folder, "values.yaml");
  writeFileSync(values, toYaml(release.values));
  const { isUpgrade, crds, apiVersions, kube } = settings;
  const output = await settings.run(
    "helm",
    [
      ...["template", `--namespace=${release.namespace}`, `--values=${values}`],
      ...(crds ? ["--include-crds"] : []),
      ...(isUpgrade ? ["--is-upgrade"] : []),
      ...(skipsSchema(release) ? ["--skip-schema-validation"] : []),
      ...(kube.minor > 0 ? [`--kube-version=1.${kube.minor}`] : []),
      ...apiVersions.map((each) => `--api-versions=${each}`),
      ...["--", shortened(release.releaseName), join(folder, "chart")],
    ],
    { cwd: folder },
  );
  const { documents, problems } = parseManifests(output, "", { as: "helm", exactIntegers: true });
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`what it renders is no YAML: ${problem.message}`);
  const objects = await postRender(
    documents.map(({ object }) => object).filter((object) => !isTestOnly(hookEvents(object))),
    release.object,
    kube,
  );
  return placed(objects, release.namespace);
}

function writeChart(folder: string, chart: ChartFiles): void {
  for (const [path, bytes] of chart) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

// `valuesFiles` take the place of the chart's own values.yaml (source-controller merges them so).
function withValuesFiles(chart: ChartFiles, origin: ChartOrigin): ChartFiles {
  if (origin.kind === "unknown" || origin.valuesFiles.length === 0) return chart;
  const layers = origin.valuesFiles.flatMap((file) => {
    const bytes = chart.get(file.replace(/^\.\//, ""));
    if (bytes === undefined) throw new Error(`its chart holds no ${file} (valuesFiles)`);
    const text = Buffer.from(bytes).toString("utf8");
    const { documents } = parseYaml(text, file, { as: "helm", exactIntegers: true });
    return isRecord(documents[0]?.value) ? [documents[0].value] : [];
  });
  return new Map([...chart, ["values.yaml", Buffer.from(toYaml(mergeValues(...layers)))]]);
}

function skipsSchema({ object }: ChartRelease): boolean {
  return ["install", "upgrade"].some(
    (action) => valueAt(object, `spec.${action}.disableSchemaValidation`) === true,
  );
}

// helm-controller's internal/release/name.go.
function shortened(name: string): string {
  return name.length <= 53 ? name : `${name.slice(0, 40)}-${sha256(name).slice(0, 12)}`;
}

// Helm's client puts what names no namespace into the release's.
function placed(
  objects: readonly KubernetesObject[],
  namespace: string,
): readonly KubernetesObject[] {
  const scopeOf = scopeFinder(objects);
  return objects.map((object) => {
    const isPlaced = object.metadata.namespace !== undefined;
    if (isPlaced || scopeOf(identityOf(object)) === "cluster") return object;
    return { ...object, metadata: { ...object.metadata, namespace } };
  });
}
