// Fields that the API server refuses to change (kubernetes/api types.go and its validation).
import { canonical, same, valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";

const fields: Readonly<Record<string, readonly string[]>> = {
  "Deployment.apps": ["spec.selector"],
  "DaemonSet.apps": ["spec.selector"],
  "ReplicaSet.apps": ["spec.selector"],
  "StatefulSet.apps": [
    ...["spec.selector", "spec.serviceName", "spec.podManagementPolicy"],
    "spec.volumeClaimTemplates",
  ],
  "Job.batch": ["spec.selector", "spec.template", "spec.completionMode"],
  PersistentVolumeClaim: [
    ...["spec.accessModes", "spec.storageClassName", "spec.selector", "spec.volumeMode"],
    ...["spec.volumeName", "spec.dataSource"],
  ],
  "StorageClass.storage.k8s.io": [
    ...["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
  ],
  "RoleBinding.rbac.authorization.k8s.io": ["roleRef"],
  "ClusterRoleBinding.rbac.authorization.k8s.io": ["roleRef"],
  "CustomResourceDefinition.apiextensions.k8s.io": ["spec.scope", "spec.names.kind"],
  "IngressClass.networking.k8s.io": ["spec.controller"],
  "PriorityClass.scheduling.k8s.io": ["value"],
  "CSIDriver.storage.k8s.io": ["spec.attachRequired"],
  Secret: ["type"],
};

/** Changes that fail when Flux applies them, or delete and recreate the object where it may force. */
export function immutableFields(change: ObjectChange): readonly Finding[] {
  const { before, after, identity, renamedFrom } = change;
  if (before === undefined || after === undefined || renamedFrom !== undefined) return [];
  const type = identity.group === "" ? identity.kind : `${identity.kind}.${identity.group}`;
  const own = Object.hasOwn(fields, type) ? (fields[type] ?? []) : [];
  const frozen = before["immutable"] === true ? ["data", "binaryData", "stringData"] : [];
  const changed = [...own, ...frozen].filter(
    (field) =>
      !same(valueAt(before, field) ?? null, valueAt(after, field) ?? null) || masks(change, field),
  );
  if (changed.length === 0) return [];
  const forced = canonical(valueAt(after, "metadata.annotations") ?? {}).includes(
    '"kustomize.toolkit.fluxcd.io/force":"enabled"',
  );
  const names = changed.join(", ");
  return [
    {
      severity: "high",
      text: forced
        ? `changes ${names}, which cannot be changed: Flux deletes and recreates the object`
        : `changes ${names}, which cannot be changed: the cluster will refuse it, and Flux fails`,
    },
  ];
}

// Two secret values of one length look the same once they are masked.
function masks({ edits }: ObjectChange, field: string): boolean {
  return edits.some(({ path }) => path[0] === field);
}
