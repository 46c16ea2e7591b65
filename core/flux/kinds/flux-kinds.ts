import type { FluxObject } from "../flux-object.ts";
import type { FluxKind } from "./flux-kind.ts";
import { externalArtifacts } from "./external-artifact.ts";
import { gitRepositories } from "./git-repository.ts";
import { helmCharts } from "./helm-chart.ts";
import { helmReleases } from "./helm-release.ts";
import { helmRepositories } from "./helm-repository.ts";
import { imagePolicies } from "./image-policy.ts";
import { imageRepositories } from "./image-repository.ts";
import { imageUpdateAutomations } from "./image-update-automation.ts";
import { kustomizations } from "./kustomization.ts";
import { ociRepositories } from "./oci-repository.ts";

/** Every kind of Flux that is watched. */
export const fluxKinds: {
  readonly [Kind in FluxObject["kind"]]: FluxKind<Extract<FluxObject, { readonly kind: Kind }>>;
} = {
  GitRepository: gitRepositories,
  OCIRepository: ociRepositories,
  ExternalArtifact: externalArtifacts,
  HelmRepository: helmRepositories,
  HelmChart: helmCharts,
  Kustomization: kustomizations,
  HelmRelease: helmReleases,
  ImageRepository: imageRepositories,
  ImagePolicy: imagePolicies,
  ImageUpdateAutomation: imageUpdateAutomations,
};

/** The kind of an object; what it answers about others is not defined. */
export function fluxKindOf(object: FluxObject): FluxKind<FluxObject> {
  return fluxKinds[object.kind] as unknown as FluxKind<FluxObject>;
}
