import type { FluxApplier, FluxReference, HelmChart, HelmRelease } from "../flux/flux-object.ts";
import { findFlux, sourcesOf } from "../flux/flux-index.ts";
import { isUnder } from "../flux/folder.ts";
import { hasChangeIn } from "./builders.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBoundSource } from "./cluster-view.ts";
import { holds, waits, type Step } from "./step.ts";

/** A chart that lies in the manifests repository, on its branch. */
export type GitChart = {
  /** Folder in the repository. */
  readonly path: string;
  /** Files there that it takes its values from, in place of its own. */
  readonly valuesFiles: readonly string[];
  /** Absent until it has been seen. */
  readonly object: HelmChart | undefined;
};

/** The chart of a HelmRelease; undefined where it comes from elsewhere. */
export function gitChartOf(view: ClusterView, release: FluxApplier): GitChart | undefined {
  if (release.kind !== "HelmRelease") return undefined;
  const object = chartOf(view, release);
  const from = release.chart ?? object;
  if (from === undefined || !isBoundSource(view, from.source)) return undefined;
  return { path: from.chart, valuesFiles: from.valuesFiles, object };
}

/** Did X change a file of the chart, or one that gives it values? */
export function hasChartChanged(view: ClusterView, { path, valuesFiles }: GitChart): boolean {
  return [path, ...valuesFiles].some((one) => hasChangeIn(view, one));
}

/** Is a file one of the chart's, or gives it values? */
export function isOfChart({ path, valuesFiles }: GitChart, file: string): boolean {
  return isUnder(file, path) || valuesFiles.includes(file);
}

// In the repository's root other folders are somebody else's.
const ofRoot = /^(templates|charts|crds|files)\/|^[^/]+$/;
// What the chart's authors read, check it with, or Helm leaves out; templates may show any other file.
const unrendered =
  /^(ci|docs|tests|unittests)\/|\.md$|^(LICENSE|NOTICE|OWNERS|\.helmignore|\.gitignore)$/;
// Of several files with values in a chart only those count that are named.
const values = /^values[^/]*\.ya?ml$/;

/**
 * Did X change what the chart renders from, under the name and version that it had? source-controller
 * packs a chart anew only for others (builder_local.go, `CachedChart`), or, with `reconcileStrategy:
 * Revision`, for each commit.
 */
export function isUnderOldVersion(
  view: ClusterView,
  { chart, valuesFiles, byRevision }: HelmChart,
): boolean {
  if (byRevision) return false;
  const own = chart === "" ? "Chart.yaml" : `${chart}/Chart.yaml`;
  const metadata = view.changed.find(({ path }) => path === own);
  if (metadata !== undefined && metadata.chart === undefined) return false;
  const inside = view.changed.flatMap(({ path, chart: said }) =>
    isUnder(path, chart) && said !== "same"
      ? [path.slice(chart === "" ? 0 : chart.length + 1)]
      : [],
  );
  const isRendered = (path: string) =>
    values.test(path)
      ? path === "values.yaml" && valuesFiles.length === 0
      : !unrendered.test(path) && (chart !== "" || ofRoot.test(path));
  return inside.some(isRendered) || view.changed.some(({ path }) => valuesFiles.includes(path));
}

// `spec.chart` makes Flux create a HelmChart, `chartRef` names one that is there.
export function chartOf(
  view: ClusterView,
  { chartRef, helmChart }: HelmRelease,
): HelmChart | undefined {
  const [namespace = "", name = ""] = helmChart?.split("/") ?? [];
  const found = findFlux(view.cluster.flux, chartRef ?? { kind: "HelmChart", namespace, name });
  return found?.kind === "HelmChart" ? found : undefined;
}

/** What an applier takes its files or its chart from, that of a HelmChart which it names included. */
export function originsOf(view: ClusterView, object: FluxApplier): readonly FluxReference[] {
  const chart =
    object.kind === "HelmRelease" && object.chartRef ? chartOf(view, object) : undefined;
  return [...sourcesOf(object), ...(chart ? [chart.source] : [])];
}

/** Has the release tried the version that its chart has now? */
export function chartTried(release: HelmRelease, { artifactRevision }: HelmChart): Step {
  if (artifactRevision === release.lastAttemptedRevision) return holds("");
  return waits("applied", `has not tried chart version ${artifactRevision ?? "?"} yet`);
}
