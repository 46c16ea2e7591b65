// The CustomResourceDefinitions of Flux 2.9 by name and version. Their schemas are left out: what
// a client reads from a definition here is which kinds and versions are served.
import type { KubeObject } from "../api/kube-object.ts";

// group/version kind plural short names
const kinds = `
source.toolkit.fluxcd.io/v1 GitRepository gitrepositories gitrepo
source.toolkit.fluxcd.io/v1 OCIRepository ocirepositories ocirepo
source.toolkit.fluxcd.io/v1 HelmRepository helmrepositories helmrepo
source.toolkit.fluxcd.io/v1 HelmChart helmcharts hc
source.toolkit.fluxcd.io/v1 Bucket buckets
source.toolkit.fluxcd.io/v1 ExternalArtifact externalartifacts
kustomize.toolkit.fluxcd.io/v1 Kustomization kustomizations ks
helm.toolkit.fluxcd.io/v2 HelmRelease helmreleases hr
image.toolkit.fluxcd.io/v1 ImageRepository imagerepositories imgrepo
image.toolkit.fluxcd.io/v1 ImagePolicy imagepolicies imgpol
image.toolkit.fluxcd.io/v1 ImageUpdateAutomation imageupdateautomations iua
notification.toolkit.fluxcd.io/v1beta3 Alert alerts
notification.toolkit.fluxcd.io/v1beta3 Provider providers
notification.toolkit.fluxcd.io/v1 Receiver receivers
`;

export function fluxDefinitions(): KubeObject[] {
  return kinds
    .trim()
    .split("\n")
    .map((line) => {
      const [apiVersion = "", kind = "", plural = "", shortName] = line.split(" ");
      const [group = "", version = ""] = apiVersion.split("/");
      return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: {
          name: `${plural}.${group}`,
          labels: {
            "app.kubernetes.io/instance": "flux-system",
            "app.kubernetes.io/part-of": "flux",
            "app.kubernetes.io/version": "v2.9.4",
          },
        },
        spec: {
          group,
          names: {
            kind,
            listKind: `${kind}List`,
            plural,
            singular: kind.toLowerCase(),
            ...(shortName ? { shortNames: [shortName] } : {}),
          },
          scope: "Namespaced",
          versions: [{ name: version, served: true, storage: true, subresources: { status: {} } }],
        },
      };
    });
}
