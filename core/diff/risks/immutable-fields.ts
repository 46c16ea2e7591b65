// Fields that the API server refuses to change (kubernetes/api types.go and its validation).
import { canonical, valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import { typeName } from "../object-type.ts";
import { keysOf } from "../path.ts";
import { quantity } from "../../manifests/quantity.ts";
import type { Finding } from "../risk.ts";

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
  Pod: ["containers", "initContainers", "activeDeadlineSeconds", "tolerations", "schedulingGates"],
  PersistentVolume: [
    ...["capacity", "persistentVolumeReclaimPolicy", "mountOptions", "accessModes", "claimRef"],
    ...["storageClassName", "volumeAttributesClassName", "nodeAffinity"],
  ],
};

/** Changes that fail when Flux applies them, or delete and recreate the object where it may force. */
export function immutableFields(change: ObjectChange): readonly Finding[] {
  const { before, after, renamedFrom } = change;
  if (before === undefined || after === undefined || renamedFrom !== undefined) return [];
  return [...changedImmutable(change), ...shrunk(change)];
}

function changedImmutable({ before, after, identity, edits }: ObjectChange): readonly Finding[] {
  const type = typeName(identity);
  const own = Object.hasOwn(fields, type) ? (fields[type] ?? []) : [];
  const frozen =
    before?.["immutable"] === true ? ["data", "binaryData", "stringData", "immutable"] : [];
  const paths = edits.flatMap(({ path, noise }) =>
    noise === undefined ? [keysOf(path).join(".")] : [],
  );
  const named = [...own, ...frozen].filter((field) =>
    paths.some(
      (path) => path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`),
    ),
  );
  const allowed = Object.hasOwn(free, type) ? free[type] : undefined;
  const others = paths.flatMap((path) => {
    const [top, field = "", ...rest] = path.split(".");
    if (allowed === undefined || top !== "spec" || field === "") return [];
    const isImageOnly = type !== "Pod" || !/ontainers$/.test(field) || rest.at(-1) === "image";
    return allowed.includes(field) && isImageOnly ? [] : [`spec.${field}`];
  });
  const names = [...new Set([...named, ...others])].join(", ");
  if (names === "") return [];
  const forced = canonical(valueAt(after, "metadata.annotations") ?? {})
    .toLowerCase()
    .includes('"kustomize.toolkit.fluxcd.io/force":"enabled"');
  return [
    {
      severity: "high",
      text: forced
        ? `changes ${names}, which cannot be changed: Flux deletes and recreates the object`
        : `changes ${names}, which cannot be changed: the cluster will refuse it, and Flux fails`,
    },
  ];
}

function shrunk({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (typeName(identity) !== "PersistentVolumeClaim") return [];
  const [from, to] = [before, after].map((side) =>
    valueAt(side, "spec.resources.requests.storage"),
  );
  const [old, next] = [quantity(from), quantity(to)];
  if (old === undefined || next === undefined || next >= old) return [];
  const text = `asks for ${String(to)} instead of ${String(from)}: a claim cannot get smaller, the cluster will refuse it, and Flux fails`;
  return [{ severity: "high", text }];
}
