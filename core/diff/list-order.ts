// Which lists mean the same in any order. Only of kinds that are known: in an operator's own fields
// any order may decide.
import { ownEntry } from "../own-entry.ts";
import { isFlux, isKnownType, type ObjectType, typeName } from "./object-type.ts";
import type { Path } from "./path.ts";

const unordered = new Set([
  ...["containers", "volumes", "env", "imagePullSecrets", "secrets", "ports", "volumeMounts"],
  ...["volumeDevices", "topologySpreadConstraints", "conditions", "ownerReferences", "tolerations"],
  ...["hostAliases", "subjects", "finalizers", "verbs", "resources", "apiGroups", "resourceNames"],
  ...["nonResourceURLs", "accessModes", "policyTypes", "add", "drop", "hosts", "metrics"],
  ...["matchExpressions", "values", "nodeSelectorTerms", "loadBalancerSourceRanges", "externalIPs"],
  ...["requiredDuringSchedulingIgnoredDuringExecution", "namespaces", "operations", "apiVersions"],
  ...["preferredDuringSchedulingIgnoredDuringExecution", "matchFields", "shortNames", "categories"],
]);
/** Lists of kinds where any item that fits counts. */
const ofKinds: Readonly<Record<string, readonly string[]>> = {
  "NetworkPolicy.networking.k8s.io": ["ingress", "egress", "from", "to"],
  "Role.rbac.authorization.k8s.io": ["rules"],
  "ClusterRole.rbac.authorization.k8s.io": ["rules"],
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io": ["webhooks", "rules"],
  "MutatingWebhookConfiguration.admissionregistration.k8s.io": ["rules"],
  "HorizontalPodAutoscaler.autoscaling": ["policies"],
  "Ingress.networking.k8s.io": ["rules", "tls"],
};
/** Of these even items that nothing names are the same wherever they stand. */
const bags = new Set([
  ...["ingress", "egress", "from", "to", "rules", "tolerations", "metrics", "ports", "subjects"],
  ...["matchExpressions", "nodeSelectorTerms", "matchFields"],
  ...["requiredDuringSchedulingIgnoredDuringExecution"],
  ...["preferredDuringSchedulingIgnoredDuringExecution", "topologySpreadConstraints"],
]);
const ofContainers = new Set(["env", "ports", "volumeMounts", "volumeDevices", "add", "drop"]);

/** The key of the list that a path leads to. */
export function listOf(path: Path): string {
  return path.findLast((step) => typeof step === "string") ?? "";
}

/** Whether the items of the list at a path may change places without any effect. */
export function isUnordered(path: Path, type: ObjectType | undefined): boolean {
  const list = listOf(path);
  if (type === undefined) return false;
  if (isFlux(type)) return list === "dependsOn" || list === "healthChecks";
  if (!isKnownType(type)) return ofContainers.has(list) && isInContainer(path);
  return unordered.has(list) || (ownEntry(ofKinds, typeName(type)) ?? []).includes(list);
}

/** Whether equal items of the list are one, wherever they stand. */
export function isBag(path: Path, type: ObjectType | undefined): boolean {
  return bags.has(listOf(path)) && isUnordered(path, type);
}

function isInContainer(path: Path): boolean {
  return path.some(
    (step) => typeof step === "string" && /^(initC|ephemeralC|c)ontainers$/.test(step),
  );
}
