// Lists that Kubernetes merges by a key rather than replaces: `patchMergeKey` and
// `x-kubernetes-list-map-keys` of its API types.
import { isRecord } from "./kube-object.ts";

const keyOf: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  env: "name",
  volumes: "name",
  volumeMounts: "mountPath",
  volumeDevices: "devicePath",
  volumeClaimTemplates: "name",
  imagePullSecrets: "name",
  secrets: "name",
  hostAliases: "ip",
  topologySpreadConstraints: "topologyKey",
  conditions: "type",
  ownerReferences: "uid",
};

/** The key that tells the items of list `field` apart; undefined where the list is atomic. */
export function mergeKey(
  field: string,
  items: readonly unknown[],
): ((item: unknown) => string) | undefined {
  if (field === "ports") {
    const inContainer = items.some((item) => isRecord(item) && "containerPort" in item);
    const port = inContainer ? "containerPort" : "port";
    const read = (item: Record<string, unknown>, key: string) => item[key] as string | undefined;
    return (item) =>
      isRecord(item) ? `${read(item, port)}/${read(item, "protocol") ?? "TCP"}` : "";
  }
  const key = keyOf[field];
  return key ? (item) => (isRecord(item) ? String(item[key]) : "") : undefined;
}
