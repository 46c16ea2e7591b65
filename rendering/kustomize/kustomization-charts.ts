import { posix } from "node:path";
import { isRecord } from "../../core/manifests/parse.ts";

export type KustomizationChart = {
  readonly name: string;
  /** As written; empty for any. */
  readonly version: string;
  /** Address of the repository, `oci://…` with the name; empty for a chart that lies there. */
  readonly from: string;
  /** Where kustomize looks for it, under the kustomization's folder. */
  readonly path: string;
};

type Entry = Readonly<Record<string, unknown>>;

/** Charts that a kustomization inflates, in today's form and in the one before. */
export function kustomizationCharts(kustomization: Entry): readonly KustomizationChart[] {
  const globals = kustomization["helmGlobals"];
  const home = isRecord(globals) ? globals["chartHome"] : undefined;
  const older = entriesIn(kustomization["helmChartInflationGenerator"]).map((entry) =>
    chartOf(
      {
        name: entry["chartName"],
        version: entry["chartVersion"],
        repo: entry["chartRepoUrl"],
      },
      entry["chartHome"],
    ),
  );
  return [...entriesIn(kustomization["helmCharts"]).map((each) => chartOf(each, home)), ...older];
}

/** Charts in the file of a generator that stands under `generators`. */
export function generatorCharts(config: unknown): readonly KustomizationChart[] {
  if (!isRecord(config) || config["kind"] !== "HelmChartInflationGenerator") return [];
  return [chartOf(config, config["chartHome"])];
}

// kustomize looks in `<chartHome>/<name>`, for a version of a repository in
// `<chartHome>/<name>-<version>/<name>` (HelmChartInflationGenerator, absChartHome).
function chartOf(entry: Entry, chartHome: unknown): KustomizationChart {
  const [name, version, repo] = [entry["name"], entry["version"], entry["repo"]].map(textOf) as [
    string,
    string,
    string,
  ];
  const home = textOf(chartHome) || "charts";
  const folder = version && repo ? posix.join(home, `${name}-${version}`) : home;
  const from = repo.startsWith("oci://") ? `${repo.replace(/\/+$/, "")}/${name}` : repo;
  return { name, version, from, path: posix.join(folder, name) };
}

function entriesIn(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
