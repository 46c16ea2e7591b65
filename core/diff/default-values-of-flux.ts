import type { DefaultValues } from "./default-values.ts";

/** Of all of Flux' own kinds: what their controllers take for an absent field. */
export const fluxDefaults: DefaultValues = {
  "spec.suspend": false,
  "spec.wait": false,
  "spec.force": false,
  "spec.deletionPolicy": "MirrorPrune",
};

const fetched: DefaultValues = { "spec.provider": "generic", "spec.timeout": "60s" };

/**
 * By kind: what the API server fills in by the `default` of Flux' definitions.
 * `test/cluster/flux-definitions.test.ts` holds them against those of its release.
 */
export const defaultsOfFlux: Readonly<Record<string, DefaultValues>> = {
  "Alert.notification.toolkit.fluxcd.io": { "spec.eventSeverity": "info" },
  "Bucket.source.toolkit.fluxcd.io": fetched,
  "GitRepository.source.toolkit.fluxcd.io": {
    "spec.timeout": "60s",
    "spec.verify.mode": "HEAD",
  },
  "HelmChart.source.toolkit.fluxcd.io": {
    "spec.reconcileStrategy": "ChartVersion",
    "spec.verify.provider": "cosign",
    "spec.version": "*",
  },
  "HelmRelease.helm.toolkit.fluxcd.io": {
    "spec.chart.spec.reconcileStrategy": "ChartVersion",
    "spec.chart.spec.verify.provider": "cosign",
    "spec.chart.spec.version": "*",
    "spec.uninstall.deletionPropagation": "background",
  },
  "HelmRepository.source.toolkit.fluxcd.io": { "spec.provider": "generic" },
  "Kustomization.kustomize.toolkit.fluxcd.io": {
    "spec.postBuild.substituteFrom[].optional": false,
  },
  "OCIRepository.source.toolkit.fluxcd.io": { ...fetched, "spec.verify.provider": "cosign" },
  "Receiver.notification.toolkit.fluxcd.io": { "spec.interval": "10m" },
};
