// Fields that the API server refuses to change (kubernetes/api types.go and its validation). It
// compares them with their order, so even that may not change.
import { ownEntry } from "../own-entry.ts";
import { type ObjectType, typeName } from "./object-type.ts";
import { canonical, valueAt } from "./values.ts";

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
  "CSIStorageCapacity.storage.k8s.io": ["storageClassName", "nodeTopology"],
  "VolumeAttributesClass.storage.k8s.io": ["driverName", "parameters"],
  "ControllerRevision.apps": ["data"],
  "ServiceCIDR.networking.k8s.io": ["spec.cidrs"],
  "IPAddress.networking.k8s.io": ["spec.parentRef"],
  "ResourceSlice.resource.k8s.io": ["spec.driver", "spec.nodeName", "spec.pool.name"],
  "Event.events.k8s.io": [
    ...["action", "reason", "regarding", "related", "reportingController", "reportingInstance"],
    ...["type", "note"],
  ],
  Node: ["spec.podCIDR", "spec.podCIDRs", "spec.providerID"],
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
  "VolumeAttachment.storage.k8s.io": [],
  Pod: ["containers", "initContainers", "activeDeadlineSeconds", "tolerations", "schedulingGates"],
  PersistentVolume: [
    ...["capacity", "persistentVolumeReclaimPolicy", "mountOptions", "accessModes", "claimRef"],
    ...["storageClassName", "volumeAttributesClassName", "nodeAffinity"],
  ],
};

/** An object as it was and as it is to be. */
export type Sides = { readonly before: unknown; readonly after: unknown };

/** What cannot change by what stands there, or by how it changes. */
const conditions: Readonly<Record<string, (sides: Sides) => readonly string[]>> = {
  // What the server gave out it keeps where a manifest no longer names it.
  Service: ({ before, after }) => [
    ...["spec.clusterIP", "spec.clusterIPs"].filter((field) => valueAt(after, field) !== undefined),
    // As long as it is a balancer.
    ...([before, after].every((side) => valueAt(side, "spec.type") === "LoadBalancer")
      ? ["spec.loadBalancerClass"]
      : []),
  ],
  // It may be given once.
  PersistentVolume: ({ before }) =>
    valueAt(before, "spec.nodeAffinity") === undefined ? [] : ["spec.nodeAffinity"],
  Pod: (sides) => (isTakenBack(sides) ? ["spec.tolerations"] : []),
};

/**
 * Which fields of those that cannot change the paths lead to, or hold: `spec.selector`.
 * @param paths their keys, `spec.selector.matchLabels.app`
 */
export function immutablePlaces(
  type: ObjectType,
  paths: readonly string[],
  sides: Sides,
): readonly string[] {
  const name = typeName(type);
  const own = ownEntry(fields, name) ?? [];
  const named = [...own, ...fixedBy(sides, name)].filter((field) =>
    paths.some(
      (path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
    ),
  );
  const allowed = ownEntry(free, name);
  const others = paths.flatMap((path) => {
    const [top, field = "", ...rest] = path.split(".");
    if (allowed === undefined || top !== "spec" || field === "") return [];
    const isImageOnly = name !== "Pod" || !/ontainers$/.test(field) || rest.at(-1) === "image";
    return allowed.includes(field) && isImageOnly ? [] : [`spec.${field}`];
  });
  return [...new Set([...named, ...others])];
}

function fixedBy(sides: Sides, name: string): readonly string[] {
  if (valueAt(sides.before, "immutable") === true) {
    return ["data", "binaryData", "stringData", "immutable"];
  }
  return ownEntry(conditions, name)?.(sides) ?? [];
}

// A Pod may tolerate more, and for another time, never less.
function isTakenBack({ before, after }: Sides): boolean {
  const [old, next] = [before, after].map((side) => {
    const all = valueAt(side, "spec.tolerations");
    return (Array.isArray(all) ? all : []).map((one: unknown) =>
      canonical({ ...(one as object), tolerationSeconds: undefined }),
    );
  });
  return (old ?? []).some((toleration) => next?.includes(toleration) !== true);
}
