const groups = new Set([
  ...["", "apps", "batch", "autoscaling", "policy", "extensions", "rbac.authorization.k8s.io"],
  ...["networking.k8s.io", "storage.k8s.io", "scheduling.k8s.io", "node.k8s.io"],
  ...["admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io"],
  ...["coordination.k8s.io", "discovery.k8s.io", "certificates.k8s.io", "events.k8s.io"],
  ...["flowcontrol.apiserver.k8s.io", "resource.k8s.io", "internal.apiserver.k8s.io"],
  ...["authentication.k8s.io", "authorization.k8s.io", "storagemigration.k8s.io"],
]);

/** Whether a group is Kubernetes' own: its fields, defaults and the order of its lists are known. */
export function isBuiltIn(group: string): boolean {
  return groups.has(group);
}
