import { knownKind } from "./known/known-kinds.ts";

// Kinds that nothing makes ready: once applied they are healthy, kstatus has no rule for them.
const passive = new Set([
  "ConfigMap",
  "Secret",
  "ServiceAccount",
  "LimitRange",
  "ResourceQuota",
  "Role.rbac.authorization.k8s.io",
  "RoleBinding.rbac.authorization.k8s.io",
  "ClusterRole.rbac.authorization.k8s.io",
  "ClusterRoleBinding.rbac.authorization.k8s.io",
  "PodTemplate",
  "Endpoints",
  "Event",
  "PersistentVolume",
  "ControllerRevision.apps",
  "EndpointSlice.discovery.k8s.io",
  "NetworkPolicy.networking.k8s.io",
  "IngressClass.networking.k8s.io",
  "StorageClass.storage.k8s.io",
  "CSIDriver.storage.k8s.io",
  "VolumeAttributesClass.storage.k8s.io",
  "PriorityClass.scheduling.k8s.io",
  "RuntimeClass.node.k8s.io",
  "DeviceClass.resource.k8s.io",
  "FlowSchema.flowcontrol.apiserver.k8s.io",
  "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io",
  "Lease.coordination.k8s.io",
  "MutatingWebhookConfiguration.admissionregistration.k8s.io",
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
  "MutatingAdmissionPolicy.admissionregistration.k8s.io",
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
  "VolumeSnapshotClass.snapshot.storage.k8s.io",
  "CronJob.batch",
]);

/** True for kinds whose presence is all there is to know; they need not be read. */
export function isPassive(type: { readonly group: string; readonly kind: string }): boolean {
  const name = type.group === "" ? type.kind : `${type.kind}.${type.group}`;
  const known = knownKind(type);
  return passive.has(name) || (known?.current === "true" && known.failed === undefined);
}
