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
  "NetworkPolicy.networking.k8s.io",
  "StorageClass.storage.k8s.io",
  "PriorityClass.scheduling.k8s.io",
  "CronJob.batch",
]);

/** True for kinds whose presence is all there is to know; they need not be read. */
export function isPassive(type: { readonly group: string; readonly kind: string }): boolean {
  return passive.has(type.group === "" ? type.kind : `${type.kind}.${type.group}`);
}
