// Who looks at once when another object changes: what builds from a source that has a new artifact,
// and what reads a ConfigMap or Secret that is marked to be watched.
import { objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Change } from "../api/store.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { HelmReleaseSpec } from "../helm/helm-release-spec.ts";
import { helmReleaseVersion } from "../helm/helm-release-status.ts";
import { find } from "./conditions.ts";
import { kustomizationVersion } from "./kustomization-status.ts";
import type { KustomizationSpec } from "./kustomization-spec.ts";
import { sourceVersion, type SourceStatus } from "./source-progress.ts";

export type Follower = { readonly kind: string; readonly key: string };

const watchLabel = "reconcile.fluxcd.io/watch";

type Reference = { readonly kind: string; readonly name: string; readonly namespace?: string };

type Reader = {
  readonly apiVersion: string;
  readonly kind: string;
  /** Sources that an object builds from. */
  readonly sources: (object: KubeObject) => readonly Reference[];
  /** ConfigMaps and Secrets of its namespace that it reads. */
  readonly configs: (object: KubeObject) => readonly Reference[];
};

const readers: readonly Reader[] = [
  {
    apiVersion: kustomizationVersion,
    kind: "Kustomization",
    sources: ({ spec }) => [(spec as KustomizationSpec).sourceRef],
    configs: ({ spec }) => (spec as KustomizationSpec).postBuild?.substituteFrom ?? [],
  },
  {
    apiVersion: sourceVersion,
    kind: "HelmChart",
    sources: ({ spec }) => [(spec as { readonly sourceRef: Reference }).sourceRef],
    configs: () => [],
  },
  {
    apiVersion: helmReleaseVersion,
    kind: "HelmRelease",
    sources: ({ spec, status }) => {
      const { chartRef } = spec as HelmReleaseSpec;
      if (chartRef) return [chartRef];
      const { helmChart = "" } = (status ?? {}) as { readonly helmChart?: string };
      const [namespace = "", name = ""] = helmChart.split("/");
      return [{ kind: "HelmChart", namespace, name }];
    },
    configs: ({ spec }) => (spec as HelmReleaseSpec).valuesFrom ?? [],
  },
];

/** Objects of Flux' kinds that a change wakes. */
export function followers(cluster: Cluster, change: Change): readonly Follower[] {
  const { type, kind, object } = change;
  const isConfig = kind.group === "" && (kind.kind === "ConfigMap" || kind.kind === "Secret");
  if (isConfig && object.metadata.labels?.[watchLabel] === "Enabled") {
    return following(cluster, object, "configs");
  }
  const isSource = kind.group === "source.toolkit.fluxcd.io" && type !== "DELETED";
  return isSource && hasNewArtifact(change) ? following(cluster, object, "sources") : [];
}

function hasNewArtifact({ object, old }: Change): boolean {
  const { artifact, conditions = [] } = (object.status ?? {}) as SourceStatus;
  if (!artifact) return false;
  const before = (old?.status ?? {}) as SourceStatus;
  if (artifact.revision !== before.artifact?.revision) return true;
  // A HelmChart that is ready again with the artifact that it had.
  if (object.kind !== "HelmChart" || find(conditions, "Ready")?.status !== "True") return false;
  return find(before.conditions ?? [], "Ready")?.status !== "True";
}

function following(
  cluster: Cluster,
  { kind, metadata: { name, namespace = "" } }: KubeObject,
  what: "sources" | "configs",
): Follower[] {
  return readers.flatMap((reader) =>
    cluster.api.store
      .list(kindOf(cluster, reader.apiVersion, reader.kind))
      .filter((object) =>
        reader[what](object).some((reference) => {
          const from = reference.namespace ?? object.metadata.namespace;
          return reference.kind === kind && reference.name === name && from === namespace;
        }),
      )
      .map(({ metadata }) => ({ kind: reader.kind, key: objectKey(metadata) })),
  );
}
