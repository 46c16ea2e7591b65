import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { resolved } from "../diff/tree/paths.ts";
import { textOf, valueAt } from "../diff/values.ts";

/** Where a release's chart comes from. */
export type ChartOrigin =
  /** A folder of the repository itself. */
  | { readonly kind: "folder"; readonly path: string; readonly valuesFiles: readonly string[] }
  | {
      readonly kind: "repository";
      /** `https://charts.example.org`, or `oci://registry/path/chart`. */
      readonly url: string;
      /** Empty for an OCI address, which names it. */
      readonly chart: string;
      /** A version, a range of them, or an OCI tag or digest. */
      readonly version: string;
      readonly valuesFiles: readonly string[];
    }
  | { readonly kind: "unknown"; readonly why: string };

export type FoundOrigin = {
  readonly origin: ChartOrigin;
  /** Sources among the files that were read for it. */
  readonly read: readonly KubernetesObject[];
};

type Around = {
  readonly namespace: string;
  readonly find: (reference: SourceReference) => KubernetesObject | undefined;
  readonly charts: RepositoryCharts;
};

/** The charts of the repository itself. */
export type RepositoryCharts = {
  readonly isChart: (path: string) => boolean;
  /** GitRepositories that bring this repository, `<namespace>/<name>`; empty: nothing tells. */
  readonly ownSources: ReadonlySet<string>;
};

export type SourceReference = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
};

/** Finds the chart of a HelmRelease by what the files say of its source. */
export function chartOrigin(spec: Readonly<Record<string, unknown>>, around: Around): FoundOrigin {
  const chartRef = valueAt(spec, "chartRef");
  if (!isRecord(chartRef)) return ofTemplate(valueAt(spec, "chart.spec"), around);
  const reference = referenceOf(chartRef, around.namespace);
  const source = around.find(reference);
  if (source === undefined) return unknown(`${named(reference)} is not in the repository`);
  if (reference.kind === "HelmChart") {
    const { origin, read } = ofTemplate(source["spec"], {
      ...around,
      namespace: reference.namespace,
    });
    return { origin, read: [source, ...read] };
  }
  if (reference.kind !== "OCIRepository") return unknown(`it comes from ${named(reference)}`);
  const ref = valueAt(source, "spec.ref");
  const [digest, semver, tag] = ["digest", "semver", "tag"].map((key) => valueAt(ref, key));
  const version = textOf(digest ?? semver ?? tag ?? "latest");
  const url = textOf(valueAt(source, "spec.url"));
  const origin = { kind: "repository", url, chart: "", version, valuesFiles: [] } as const;
  return { origin, read: [source] };
}

/** `spec.chart.spec` of a HelmRelease, which is `spec` of a HelmChart. */
function ofTemplate(template: unknown, { namespace, find, charts }: Around): FoundOrigin {
  const chart = valueAt(template, "chart");
  const sourceRef = valueAt(template, "sourceRef");
  if (typeof chart !== "string" || !isRecord(sourceRef)) return unknown("it names no chart");
  const listed = valueAt(template, "valuesFiles");
  const valuesFiles = (Array.isArray(listed) ? (listed as unknown[]) : []).map(String);
  const reference = referenceOf(sourceRef, namespace);
  const source = find(reference);
  const read = source === undefined ? [] : [source];
  if (reference.kind === "GitRepository") {
    const path = resolved("", chart);
    const { isChart, ownSources } = charts;
    const isOwn =
      ownSources.size === 0 || ownSources.has(`${reference.namespace}/${reference.name}`);
    if (path === undefined || !isOwn || !isChart(path)) {
      return unknown(`${chart} of ${named(reference)} is no chart of this repository`);
    }
    return { origin: { kind: "folder", path, valuesFiles }, read };
  }
  if (reference.kind !== "HelmRepository") return unknown(`it comes from ${named(reference)}`);
  if (source === undefined) return unknown(`${named(reference)} is not in the repository`);
  const url = textOf(valueAt(source, "spec.url")).replace(/\/+$/, "");
  const version = textOf(valueAt(template, "version") ?? "*");
  const isOci = url.startsWith("oci://");
  const place = isOci ? { url: `${url}/${chart}`, chart: "" } : { url, chart };
  return { origin: { kind: "repository", ...place, version, valuesFiles }, read };
}

function referenceOf(value: Readonly<Record<string, unknown>>, namespace: string): SourceReference {
  const own = value["namespace"];
  return {
    kind: String(value["kind"]),
    name: String(value["name"]),
    namespace: typeof own === "string" && own !== "" ? own : namespace,
  };
}

function named({ kind, namespace, name }: SourceReference): string {
  return `${kind} ${namespace}/${name}`;
}

function unknown(why: string): FoundOrigin {
  return { origin: { kind: "unknown", why }, read: [] };
}
