import type { GitRepository } from "./kinds/git-repository.ts";
import type { HelmChart } from "./kinds/helm-chart.ts";
import type { HelmRelease } from "./kinds/helm-release.ts";
import type { Kustomization } from "./kinds/kustomization.ts";
import type { OCIRepository } from "./kinds/oci-repository.ts";

export type {
  FluxReference,
  HealthCheckExpression,
  KubeConfigReference,
  SuspendedBy,
} from "./flux-base.ts";
export { fluxKey } from "./flux-base.ts";
export type { GitRepository, HelmChart, HelmRelease, Kustomization, OCIRepository };

export type FluxObject = GitRepository | OCIRepository | Kustomization | HelmRelease | HelmChart;

/** What applies objects to a cluster. */
export type FluxApplier = Kustomization | HelmRelease;
