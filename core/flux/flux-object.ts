import type { ExternalArtifact } from "./kinds/external-artifact.ts";
import type { GitRepository } from "./kinds/git-repository.ts";
import type { HelmChart } from "./kinds/helm-chart.ts";
import type { HelmRelease } from "./kinds/helm-release.ts";
import type { HelmRepository } from "./kinds/helm-repository.ts";
import type { ImagePolicy } from "./kinds/image-policy.ts";
import type { ImageRepository } from "./kinds/image-repository.ts";
import type { ImageUpdateAutomation } from "./kinds/image-update-automation.ts";
import type { Kustomization } from "./kinds/kustomization.ts";
import type { OCIRepository } from "./kinds/oci-repository.ts";

export type {
  FluxReference,
  HealthCheckExpression,
  KubeConfigReference,
  SuspendedBy,
} from "./flux-base.ts";
export { fluxKey } from "./flux-base.ts";
export type { ExternalArtifact, GitRepository, HelmChart, HelmRelease, HelmRepository };
export type { ImagePolicy, ImageRepository, ImageUpdateAutomation };
export type { Kustomization, OCIRepository };

export type FluxObject =
  | GitRepository
  | OCIRepository
  | ExternalArtifact
  | Kustomization
  | HelmRelease
  | HelmChart
  | HelmRepository
  | FluxAutomation;

/** What writes new versions of images to git. */
export type FluxAutomation = ImageRepository | ImagePolicy | ImageUpdateAutomation;

/** What applies objects to a cluster. */
export type FluxApplier = Kustomization | HelmRelease;
