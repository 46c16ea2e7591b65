import type { Lifecycle } from "./api-lifecycle.ts";

/**
 * API versions whose Go packages are gone, or that live in other modules, so that no generated file
 * tells of them. Source: Kubernetes' "Deprecated API Migration Guide" and changelogs.
 */
export const goneApis: Readonly<Record<string, Lifecycle>> = {
  "apiextensions.k8s.io/v1beta1/CustomResourceDefinition": {
    deprecated: 16,
    removed: 22,
    replacement: "apiextensions.k8s.io/v1/CustomResourceDefinition",
  },
  "apiregistration.k8s.io/v1beta1/APIService": {
    deprecated: 19,
    removed: 22,
    replacement: "apiregistration.k8s.io/v1/APIService",
  },
  "auditregistration.k8s.io/v1alpha1/AuditSink": { removed: 19 },
  "autoscaling/v2beta1/HorizontalPodAutoscaler": {
    deprecated: 22,
    removed: 25,
    replacement: "autoscaling/v2/HorizontalPodAutoscaler",
  },
  "autoscaling/v2beta2/HorizontalPodAutoscaler": {
    deprecated: 23,
    removed: 26,
    replacement: "autoscaling/v2/HorizontalPodAutoscaler",
  },
  "batch/v2alpha1/CronJob": { removed: 21, replacement: "batch/v1/CronJob" },
  "extensions/v1beta1/PodSecurityPolicy": { deprecated: 11, removed: 16 },
  "policy/v1beta1/PodSecurityPolicy": { deprecated: 21, removed: 25 },
  "settings.k8s.io/v1alpha1/PodPreset": { removed: 20 },
};
