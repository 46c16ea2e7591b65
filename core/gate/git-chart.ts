import type {
  FluxApplier,
  FluxObject,
  FluxReference,
  HelmChart,
  HelmRelease,
} from "../flux/flux-object.ts";
import { findFlux, sourcesOf } from "../flux/flux-index.ts";
import { cleanFolder, isUnder } from "../flux/folder.ts";
import type { ChartFolders } from "../charts/local-dependencies.ts";
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
  /** Other folders of the repository that it packs (`file://` dependencies). */
  readonly packs: ChartFolders;
  /** Absent until it has been seen. */
  readonly object: HelmChart | undefined;
};

type Flux = { readonly cluster: { readonly flux: readonly FluxObject[] } };

/** The chart of a HelmRelease; undefined where it comes from elsewhere. */
export function gitChartOf(view: ClusterView, release: FluxApplier): GitChart | undefined {
  if (release.kind !== "HelmRelease") return undefined;
  const object = chartOf(view, release);
  const from = release.chart ?? object;
  if (from === undefined || !isBoundSource(view, from.source)) return undefined;
  const { chart: path, valuesFiles } = from;
  return { path, valuesFiles, packs: packedWith(view, path), object };
}

function packedWith({ input: { charts = {} } }: ClusterView, path: string): ChartFolders {
  const key = cleanFolder(path);
  return (Object.hasOwn(charts, key) ? charts[key] : undefined) ?? { folders: [] };
}

/** Did X change a file of the chart, one that it packs, or one that gives it values? */
export function hasChartChanged(
  view: ClusterView,
  { path, valuesFiles, packs }: GitChart,
): boolean {
  return [path, ...packs.folders, ...valuesFiles].some((one) => hasChangeIn(view, one));
}

/** Is a file one of the chart's, packed with it, or gives it values? */
export function isOfChart({ path, valuesFiles, packs }: GitChart, file: string): boolean {
  return [path, ...packs.folders].some((one) => isUnder(file, one)) || valuesFiles.includes(file);
}

/** Why nobody can tell whether X changed what the chart packs; undefined where it can be told. */
export function untoldPacking(view: ClusterView, { path, packs }: GitChart): string | undefined {
  if (packs.why === undefined) return undefined;
  const isBeside = ({ path: file }: { readonly path: string }) =>
    !isUnder(file, path) && packs.folders.some((one) => isUnder(file, one));
  return view.changed.some(isBeside) ? packs.why : undefined;
}

// In the repository's root other folders are somebody else's.
const ofRoot = /^(templates|charts|crds|files)\/|^[^/]+$/;
// What the chart's authors read, check it with, or Helm leaves out; templates may show any other file.
const unrendered =
  /^(ci|docs|tests|unittests)\/|\.md$|^(LICENSE|NOTICE|OWNERS|\.helmignore|\.gitignore)$/;
// Of several files with values in a chart only those count that are named.
const values = /^values[^/]*\.ya?ml$/;

/**
 * What X changed that the chart renders from, under the name and version that it had; undefined for
 * nothing. source-controller packs a chart anew only for others (builder_local.go, `CachedChart`),
 * whatever the versions of its dependencies, or, with `reconcileStrategy: Revision`, for each commit.
 */
export function changeUnderOldVersion(
  view: ClusterView,
  { chart, valuesFiles, byRevision }: HelmChart,
): string | undefined {
  if (byRevision) return undefined;
  const own = chart === "" ? "Chart.yaml" : `${chart}/Chart.yaml`;
  const metadata = view.changed.find(({ path }) => path === own);
  if (metadata !== undefined && metadata.chart === undefined) return undefined;
  const isOwn =
    rendersChange(view, chart, valuesFiles.length > 0) ||
    view.changed.some(({ path }) => valuesFiles.includes(path));
  if (isOwn) return "its chart";
  const { folders, why } = packedWith(view, chart);
  const packed = why === undefined ? folders : [];
  const folder = packed.find((one) => rendersChange(view, one, false));
  return folder === undefined ? undefined : `${folder}, which its chart packs,`;
}

/** Did X change what a folder's chart renders from? */
function rendersChange(view: ClusterView, folder: string, hasOtherValues: boolean): boolean {
  const inside = view.changed.flatMap(({ path, chart: said }) =>
    isUnder(path, folder) && said !== "same"
      ? [path.slice(folder === "" || path === folder ? 0 : folder.length + 1)]
      : [],
  );
  return inside.some((path) =>
    values.test(path)
      ? path === "values.yaml" && !hasOtherValues
      : !unrendered.test(path) && (folder !== "" || ofRoot.test(path)),
  );
}

// `spec.chart` makes Flux create a HelmChart, `chartRef` names one that is there.
export function chartOf(view: Flux, { chartRef, helmChart }: HelmRelease): HelmChart | undefined {
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
