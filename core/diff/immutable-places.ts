// Fields that the API server refuses to change (kubernetes/api types.go and its validation). It
// compares them with their order, so even that may not change.
import { type ObjectType, typeName } from "./object-type.ts";
import { valueAt } from "./values.ts";

const fields: Readonly<Record<string, readonly string[]>> = {
  "Deployment.apps": ["spec.selector"],
  "DaemonSet.apps": ["spec.selector"],
  "ReplicaSet.apps": ["spec.selector"],
  "StorageClass.storage.k8s.io": [
    ...["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
  ],
  "RoleBinding.rbac.authorization.k8s.io": ["roleRef"],
  "ClusterRoleBinding.rbac.authorization.k8s.io": ["roleRef"],
  "CustomResourceDefinition.apiextensions.k8s.io": [
    ...["spec.scope", "spec.names.kind", "spec.group", "spec.names.plural"],
  ],
  "IngressClass.networking.k8s.io": ["spec.controller"],
  "PriorityClass.scheduling.k8s.io": ["value", "preemptionPolicy"],
  "RuntimeClass.node.k8s.io": ["handler"],
  "CSIDriver.storage.k8s.io": ["spec.attachRequired", "spec.volumeLifecycleModes"],
  "VolumeAttributesClass.storage.k8s.io": ["driverName", "parameters"],
  Service: ["spec.clusterIP", "spec.clusterIPs"],
  "ControllerRevision.apps": ["data"],
  "ServiceCIDR.networking.k8s.io": ["spec.cidrs"],
  ResourceQuota: ["spec.scopes"],
  Secret: ["type"],
};

/** Kinds of whose spec only these fields may change. */
const free: Readonly<Record<string, readonly string[]>> = {
  "StatefulSet.apps": [
    ...["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit"],
    ...["persistentVolumeClaimRetentionPolicy", "minReadySeconds"],
  ],
  "Job.batch": [
    ...["parallelism", "suspend", "activeDeadlineSeconds", "backoffLimit", "podFailurePolicy"],
    ...["ttlSecondsAfterFinished", "maxFailedIndexes"],
  ],
  PersistentVolumeClaim: ["resources", "volumeAttributesClassName"],
  "ResourceClaim.resource.k8s.io": [],
  "ResourceClaimTemplate.resource.k8s.io": [],
  Pod: ["containers", "initContainers", "activeDeadlineSeconds", "tolerations", "schedulingGates"],
  PersistentVolume: [
    ...["capacity", "persistentVolumeReclaimPolicy", "mountOptions", "accessModes", "claimRef"],
    ...["storageClassName", "volumeAttributesClassName", "nodeAffinity"],
  ],
};

/**
 * Which fields of those that cannot change the paths lead to, or hold: `spec.selector`.
 * @param paths their keys, `spec.selector.matchLabels.app`
 * @param before the object as it is: some fields cannot change once they are given
 */
export function immutablePlaces(
  type: ObjectType,
  paths: readonly string[],
  before: unknown,
): readonly string[] {
  const name = typeName(type);
  const own = Object.hasOwn(fields, name) ? (fields[name] ?? []) : [];
  const named = [...own, ...fixedBy(before, name)].filter((field) =>
    paths.some(
      (path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
    ),
  );
  const allowed = Object.hasOwn(free, name) ? free[name] : undefined;
  const others = paths.flatMap((path) => {
    const [top, field = "", ...rest] = path.split(".");
    if (allowed === undefined || top !== "spec" || field === "") return [];
    const isImageOnly = name !== "Pod" || !/ontainers$/.test(field) || rest.at(-1) === "image";
    return allowed.includes(field) && isImageOnly ? [] : [`spec.${field}`];
  });
  return [...new Set([...named, ...others])];
}

function fixedBy(before: unknown, name: string): readonly string[] {
  if (valueAt(before, "immutable") === true) {
    return ["data", "binaryData", "stringData", "immutable"];
  }
  const isGiven = name === "PersistentVolume" && valueAt(before, "spec.nodeAffinity") !== undefined;
  return isGiven ? ["spec.nodeAffinity"] : [];
}
