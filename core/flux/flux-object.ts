import type { Identity } from "../manifests/identity.ts";
import type { Condition } from "./condition.ts";

/** Names an object that Flux' controllers own; the group follows from the kind. */
export type FluxReference = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** Who last wrote `spec.suspend`, by the API server's own record of field managers. */
export type SuspendedBy = { readonly manager: string; readonly at?: string };

/** Names what an object acts with in another cluster: a Secret, or a ConfigMap with an address. */
export type KubeConfigReference = { readonly namespace: string; readonly name: string };

/** How Flux tells the health of a kind: CEL over the object's own fields. */
export type HealthCheckExpression = {
  readonly group: string;
  readonly kind: string;
  readonly current?: string;
  readonly inProgress?: string;
  readonly failed?: string;
};

/** What all Flux objects have, as the API gives it. */
export type FluxObjectBase = {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generation: number;
  /** Being deleted; its last success says nothing any more. */
  readonly deleting: boolean;
  readonly suspended: boolean;
  readonly suspendedBy?: SuspendedBy;
  /** `spec.interval` in ms. */
  readonly interval?: number;
  /** 0 where the controller has not said. */
  readonly observedGeneration: number;
  readonly conditions: readonly Condition[];
  readonly lastHandledReconcileAt?: string;
};

export type GitRepository = FluxObjectBase & {
  readonly kind: "GitRepository";
  readonly url: string;
  readonly ref: {
    readonly branch?: string;
    readonly tag?: string;
    readonly semver?: string;
    readonly name?: string;
    readonly commit?: string;
  };
  readonly artifactRevision?: string;
  /** When that artefact was stored, ISO time of the cluster. */
  readonly artifactStoredAt?: string;
};

/** What applies objects, to its own cluster or to the one that `kubeConfig` leads to. */
type ApplierBase = FluxObjectBase & {
  readonly kubeConfig?: KubeConfigReference;
  readonly healthCheckExprs: readonly HealthCheckExpression[];
  readonly inventory: readonly Identity[];
};

export type Kustomization = ApplierBase & {
  readonly kind: "Kustomization";
  /** In its source, without `./` and slashes at the ends; empty for the root. */
  readonly path: string;
  readonly source: FluxReference;
  readonly targetNamespace?: string;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly wait: boolean;
  readonly healthChecks: readonly Identity[];
  readonly prune: boolean;
  /** ConfigMaps and Secrets whose values are put into the manifests. */
  readonly substituteFrom: readonly FluxReference[];
  readonly dependsOn: readonly FluxReference[];
  /** Set once apply, prune and health checks have passed. */
  readonly lastAppliedRevision?: string;
  /** Of an OCI artefact: the git revision that it was made from. */
  readonly lastAppliedOriginRevision?: string;
  /** Set when the build of that revision starts. */
  readonly lastAttemptedRevision?: string;
  /** Values are put into the manifests, written there or taken from elsewhere. */
  readonly substitutes: boolean;
};

export type HelmRelease = ApplierBase & {
  readonly kind: "HelmRelease";
  /** `spec.chart`; absent with `chartRef`. */
  readonly chart?: { readonly chart: string; readonly source: FluxReference };
  readonly chartRef?: FluxReference;
  readonly valuesFrom: readonly FluxReference[];
  readonly dependsOn: readonly FluxReference[];
  /** The HelmChart made for it, `<namespace>/<name>`. */
  readonly helmChart?: string;
  /** A chart version, never a commit. */
  readonly lastAttemptedRevision?: string;
  readonly lastAttemptedConfigDigest?: string;
  /** It does not wait for what it applied: Ready says nothing of health. */
  readonly disableWait: boolean;
};

export type HelmChart = FluxObjectBase & {
  readonly kind: "HelmChart";
  readonly chart: string;
  readonly source: FluxReference;
  /** The chart's version, as HelmReleases name it. */
  readonly artifactRevision?: string;
  /** Revision of the source that the chart was packed from. */
  readonly observedSourceArtifactRevision?: string;
};

export type FluxObject = GitRepository | Kustomization | HelmRelease | HelmChart;

/** What applies objects to a cluster. */
export type FluxApplier = Kustomization | HelmRelease;

/** `Kustomization/flux-system/shop-dev`: one string for each Flux object of a cluster. */
export function fluxKey({ kind, namespace, name }: FluxReference): string {
  return `${kind}/${namespace}/${name}`;
}
