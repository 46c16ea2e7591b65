import { isRecord } from "./parse.ts";
import type { Identity, KubernetesObject } from "./identity.ts";

// Cluster-scoped kinds of Kubernetes 1.36 and of operators that many clusters run; `Kind.group`.
const clusterScoped = new Set([
  "ComponentStatus",
  "Namespace",
  "Node",
  "PersistentVolume",
  "MutatingAdmissionPolicy.admissionregistration.k8s.io",
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "MutatingWebhookConfiguration.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
  "CustomResourceDefinition.apiextensions.k8s.io",
  "APIService.apiregistration.k8s.io",
  "CertificateSigningRequest.certificates.k8s.io",
  "ClusterTrustBundle.certificates.k8s.io",
  "FlowSchema.flowcontrol.apiserver.k8s.io",
  "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io",
  "IngressClass.networking.k8s.io",
  "IPAddress.networking.k8s.io",
  "ServiceCIDR.networking.k8s.io",
  "RuntimeClass.node.k8s.io",
  "PodSecurityPolicy.policy",
  "ClusterRole.rbac.authorization.k8s.io",
  "ClusterRoleBinding.rbac.authorization.k8s.io",
  "DeviceClass.resource.k8s.io",
  "ResourceSlice.resource.k8s.io",
  "PriorityClass.scheduling.k8s.io",
  "CSIDriver.storage.k8s.io",
  "CSINode.storage.k8s.io",
  "StorageClass.storage.k8s.io",
  "VolumeAttachment.storage.k8s.io",
  "VolumeAttributesClass.storage.k8s.io",
  "StorageVersionMigration.storagemigration.k8s.io",
  "GatewayClass.gateway.networking.k8s.io",
  "ClusterIssuer.cert-manager.io",
  "ClusterSecretStore.external-secrets.io",
  "ClusterExternalSecret.external-secrets.io",
  "ClusterPolicy.kyverno.io",
  "ConstraintTemplate.templates.gatekeeper.sh",
  "VolumeSnapshotClass.snapshot.storage.k8s.io",
  "VolumeSnapshotContent.snapshot.storage.k8s.io",
]);

export type ScopeOf = (type: Pick<Identity, "group" | "kind">) => "cluster" | "namespace";

/**
 * Whether objects of a type live in a namespace. Known are Kubernetes' own kinds, those that a
 * CustomResourceDefinition among `objects` defines, and widespread operators'; any other kind
 * counts as namespaced, as kustomize has it.
 */
export function scopeFinder(objects: readonly KubernetesObject[]): ScopeOf {
  const defined = new Map<string, "cluster" | "namespace">();
  for (const { kind, spec } of objects) {
    if (kind !== "CustomResourceDefinition" || !isRecord(spec) || !isRecord(spec["names"]))
      continue;
    const key = typeKey({ group: String(spec["group"]), kind: String(spec["names"]["kind"]) });
    defined.set(key, spec["scope"] === "Cluster" ? "cluster" : "namespace");
  }
  return (type) => {
    const key = typeKey(type);
    return defined.get(key) ?? (clusterScoped.has(key) ? "cluster" : "namespace");
  };
}

function typeKey({ group, kind }: Pick<Identity, "group" | "kind">): string {
  return group === "" ? kind : `${kind}.${group}`;
}
