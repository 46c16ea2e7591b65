import { posix } from "node:path";
import { isRecord } from "../../core/manifests/parse.ts";
import { commandLine } from "./command-line.ts";

export type KustomizationChart = {
  readonly name: string;
  /** Where kustomize looks for it, under the kustomization's folder. */
  readonly path: string;
  /** The command that puts it into a folder. */
  readonly pull: (folder: string) => string;
};

/**
 * Charts that a kustomization inflates. kustomize looks in `<chartHome>/<name>`, for a version of a
 * repository in `<chartHome>/<name>-<version>/<name>` (HelmChartInflationGenerator, absChartHome).
 */
export function kustomizationCharts(
  kustomization: Readonly<Record<string, unknown>>,
): readonly KustomizationChart[] {
  const globals = kustomization["helmGlobals"];
  const home = (isRecord(globals) && textOf(globals["chartHome"])) || "charts";
  const charts: unknown = kustomization["helmCharts"];
  return (Array.isArray(charts) ? charts.filter(isRecord) : []).map((chart) => {
    const [name, version, repo] = ["name", "version", "repo"].map((key) => textOf(chart[key]));
    const folder = version && repo ? posix.join(home, `${name ?? ""}-${version}`) : home;
    const isOci = repo?.startsWith("oci://") ?? false;
    const from = isOci
      ? [`${repo ?? ""}/${name ?? ""}`]
      : [name ?? "", ...(repo ? ["--repo", repo] : [])];
    const exact = version ? ["--version", version] : [];
    return {
      name: name ?? "",
      path: posix.join(folder, name ?? ""),
      pull: (to) => commandLine("helm", ["pull", ...from, ...exact, "--untar", "--untardir", to]),
    };
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
