// Settings by which the whole cluster works, in objects that look like any other.
import { ownEntry } from "../../own-entry.ts";
import { annotationsOf } from "../labels.ts";
import { isRecord } from "../../manifests/parse.ts";
import type { ObjectChange } from "../object-change.ts";
import { valueAt } from "../values.ts";

const defaults: Readonly<Record<string, string>> = {
  StorageClass: "storageclass.kubernetes.io/is-default-class",
  IngressClass: "ingressclass.kubernetes.io/is-default-class",
};
/** ConfigMaps that everything in the cluster depends on. */
const shared: Readonly<Record<string, string>> = {
  "kube-system/coredns": "how the cluster finds hosts by their names",
  "kube-system/coredns-custom": "how the cluster finds hosts by their names",
  "kube-system/kube-proxy": "how the cluster's Services are reached",
};

/** In sentences. */
export function clusterWide({ before, after, identity }: ObjectChange): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const { kind, namespace, name } = identity;
  const annotation = ownEntry(defaults, kind);
  const isDefault = (side: unknown) =>
    annotation !== undefined && String(annotationsOf(side)[annotation]) === "true";
  const place = `${namespace}/${name}`;
  const whole = kind === "ConfigMap" ? ownEntry(shared, place) : undefined;
  const isAll = (side: unknown) =>
    kind === "PriorityClass" && valueAt(side, "globalDefault") === true;
  return [
    ...(isDefault(before) && !isDefault(after)
      ? [`is no longer what is taken where no ${kind} is named`]
      : []),
    ...(isDefault(after) && !isDefault(before)
      ? [`becomes what is taken where no ${kind} is named`]
      : []),
    ...(isAll(after) && !isAll(before)
      ? ["becomes the priority of all pods that name none (globalDefault)"]
      : []),
    ...(kind === "StorageClass" && isGrowing(before) && !isGrowing(after)
      ? ["its claims can no longer grow (allowVolumeExpansion)"]
      : []),
    ...(kind === "PersistentVolume" && isKept(before) && !isKept(after)
      ? ["is no longer kept for its claim: another one may take it, with its data (claimRef)"]
      : []),
    ...(whole === undefined ? [] : [`changes ${whole}`]),
  ];
}

function isGrowing(storageClass: unknown): boolean {
  return valueAt(storageClass, "allowVolumeExpansion") === true;
}

function isKept(volume: unknown): boolean {
  return isRecord(valueAt(volume, "spec.claimRef"));
}
