import type { FluxApplier, HelmChart, HelmRelease } from "../flux/flux-object.ts";
import { findFlux } from "../flux/flux-index.ts";
import { cleanFolder, isUnder } from "../flux/folder.ts";
import type { ClusterView } from "./cluster-view.ts";
import { isBoundSource } from "./cluster-view.ts";
import { holds, waits, type Step } from "./step.ts";

/** A chart that lies in the manifests repository, on its branch. */
export type GitChart = {
  /** Folder in the repository. */
  readonly path: string;
  /** Absent until it has been seen. */
  readonly object: HelmChart | undefined;
};

/** The chart of a HelmRelease; undefined where it comes from elsewhere. */
export function gitChartOf(view: ClusterView, release: FluxApplier): GitChart | undefined {
  if (release.kind !== "HelmRelease") return undefined;
  const object = chartOf(view, release);
  const { chart, source } = release.chart ?? object ?? {};
  if (chart === undefined || source === undefined || !isBoundSource(view, source)) return undefined;
  return { path: chart, object };
}

// What a chart renders from; a README or a test of the chart's authors changes no release.
const rendered = /^(templates|charts|crds)\/|^values(\.schema\.json|\.yaml)$/;

/**
 * Did X change what the chart renders from, and leave Chart.yaml as it was? source-controller packs a
 * chart anew only for another version (or, with `reconcileStrategy: Revision`, for each commit).
 */
export function isUnderOldVersion(view: ClusterView, { chart, byRevision }: HelmChart): boolean {
  if (byRevision) return false;
  const folder = cleanFolder(chart);
  const inside = view.changed.flatMap(({ path }) =>
    isUnder(path, folder) ? [folder === "" ? path : path.slice(folder.length + 1)] : [],
  );
  return inside.some((path) => rendered.test(path)) && !inside.includes("Chart.yaml");
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

/** Has the release tried the version that its chart has now? */
export function chartTried(release: HelmRelease, { artifactRevision }: HelmChart): Step {
  if (artifactRevision === release.lastAttemptedRevision) return holds("");
  return waits("applied", `has not tried chart version ${artifactRevision ?? "?"} yet`);
}
