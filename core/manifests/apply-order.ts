import type { KubernetesObject } from "./identity.ts";

// What others need comes first; what routes traffic or admits objects last (Helm's install order).
const first = [
  "Namespace",
  "CustomResourceDefinition",
  "ResourceQuota",
  "LimitRange",
  "PriorityClass",
  "StorageClass",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
];
const last = [
  "Ingress",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
];

/** Orders objects for applying: by kind as needed, then by namespace and name. */
export function inApplyOrder(a: KubernetesObject, b: KubernetesObject): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    compare(a.kind, b.kind) ||
    compare(a.apiVersion, b.apiVersion) ||
    compare(a.metadata.namespace ?? "", b.metadata.namespace ?? "") ||
    compare(a.metadata.name, b.metadata.name)
  );
}

function rank(kind: string): number {
  const early = first.indexOf(kind);
  if (early >= 0) return early;
  return first.length + 1 + last.indexOf(kind);
}

// Not localeCompare: the order must not depend on the machine's language.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
