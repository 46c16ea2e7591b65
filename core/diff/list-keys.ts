// What names the items of a list. First the API's own merge keys (`+listMapKey` and patchMergeKey
// in kubernetes/api types.go), then natural keys of lists that the server replaces as a whole.
import { ownEntry } from "../own-entry.ts";
import { isRecord } from "../manifests/parse.ts";
import { withoutSuffix } from "./generated-names.ts";
import { textOf, valueAt } from "./values.ts";

type Key = readonly string[];

const keysOfLists: Readonly<Record<string, readonly Key[]>> = {
  containers: [["name"]],
  initContainers: [["name"]],
  ephemeralContainers: [["name"]],
  volumes: [["name"]],
  env: [["name"]],
  imagePullSecrets: [["name"]],
  secrets: [["name"]],
  ports: [
    ["containerPort", "protocol"],
    ["port", "protocol"],
  ],
  volumeMounts: [["mountPath"]],
  volumeDevices: [["devicePath"]],
  hostAliases: [["ip"]],
  topologySpreadConstraints: [["topologyKey", "whenUnsatisfiable"]],
  conditions: [["type"]],
  ownerReferences: [["uid"]],
  webhooks: [["name"]],
  versions: [["name"]],
  envFrom: [["prefix", "configMapRef.name", "secretRef.name"]],
  tolerations: [["key", "operator", "effect"]],
  items: [["key"]],
  volumeClaimTemplates: [["metadata.name"]],
  rules: [["apiGroups", "resources", "resourceNames", "nonResourceURLs"], ["host"]],
  subjects: [["kind", "namespace", "name"]],
  paths: [["path", "pathType"]],
  tls: [["secretName"], ["hosts"]],
  matchExpressions: [["key", "operator"]],
  metrics: [["type", "resource.name", "pods.metric.name", "external.metric.name"]],
  dependsOn: [["namespace", "name"]],
  healthChecks: [["apiVersion", "kind", "namespace", "name"]],
  valuesFrom: [["kind", "name", "valuesKey"]],
};
const anyList: readonly Key[] = [["name"], ["key"], ["id"], ["type"], ["host"], ["path"]];

/**
 * The names of both lists' items, by the first key that every item has and no two share.
 * @returns undefined when nothing names them.
 */
export function itemNames(
  list: string,
  sides: {
    readonly before: readonly unknown[];
    readonly after: readonly unknown[];
    /** Texts in any order name themselves. */
    readonly isSet: boolean;
  },
): { readonly before: readonly string[]; readonly after: readonly string[] } | undefined {
  const { before, after, isSet } = sides;
  const keys = ownEntry(keysOfLists, list) ?? [];
  for (const key of [...keys, ...anyList]) {
    const names = [before, after].map((side) => side.map((item) => nameOf(item, key)));
    const [old = [], next = []] = names;
    if (allNamed(old) && allNamed(next)) return { before: old, after: next };
  }
  const scalar = [...before, ...after].every((item) => typeof item === "string");
  if (!scalar || !isSet) return undefined;
  const [old, next] = [before.map(String), after.map(String)];
  return allNamed(old) && allNamed(next) ? { before: old, after: next } : undefined;
}

function allNamed(names: readonly (string | undefined)[]): names is readonly string[] {
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function nameOf(item: unknown, key: Key): string | undefined {
  if (!isRecord(item)) return undefined;
  const parts = key.map((field) => {
    const value = valueAt(item, field) ?? (field === "protocol" ? "TCP" : undefined);
    if (value === undefined || value === null) return "";
    // A reference to a generated ConfigMap stays the same one under its new suffix.
    return field.endsWith("Ref.name") ? withoutSuffix(text(value)) : text(value);
  });
  const named = key.some((field) => field !== "protocol" && valueAt(item, field) !== undefined);
  return named ? parts.filter((part) => part !== "").join("/") : undefined;
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).sort().join(",") || '""';
  return textOf(value);
}
