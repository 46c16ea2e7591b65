import { identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { isRecord } from "../../manifests/parse.ts";
import { withoutSuffix } from "../generated-names.ts";
import { objectName } from "../../manifests/object-name.ts";
import type { ObjectChange } from "../object-change.ts";
import { containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { Finding, Surroundings } from "../risk.ts";
import { valueAt } from "../values.ts";
import { keysMadeBy, secretMadeBy } from "./made-secrets.ts";
import { onceFor } from "../../once-for.ts";

/** Keys of a ConfigMap or Secret that pods read and that are there no longer, or never were. */
export function missingKeys(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { identity, after } = change;
  if (after === undefined) return [];
  const had = new Set(missing(beside.before).map(textOf));
  const mine = missing(beside.after).filter(
    ({ user, map }) => isSame(user, identity) || isSame(map, identity),
  );
  return mine
    .filter((one) => !had.has(textOf(one)))
    .map((one): Finding => {
      const { user, map, key } = one;
      const text = isSame(map, identity)
        ? `has no key ${key}, which ${objectName(user)} reads: its next pods do not start`
        : `reads the key ${key} of ${objectName(map)}, which has none: its pods do not start`;
      return { severity: "high", text };
    });
}

type Missing = {
  readonly user: KubernetesObject;
  readonly map: KubernetesObject;
  readonly key: string;
};

/** All of one side; looked up once for a list. */
const missing = onceFor(findMissing);

function findMissing(objects: readonly KubernetesObject[]): readonly Missing[] {
  const made = objects.flatMap((one): readonly (readonly [string, KubernetesObject])[] => {
    const name = secretMadeBy(one);
    return name === undefined ? [] : [[placeOf("Secret", one.metadata.namespace, name), one]];
  });
  const written = objects
    .filter(({ apiVersion, kind }) => apiVersion === "v1" && /^(ConfigMap|Secret)$/.test(kind))
    .map((one) => [placeOf(one.kind, one.metadata.namespace, one.metadata.name), one] as const);
  const maps = new Map([...made, ...written]);
  return objects.flatMap((user) =>
    keysReadBy(user).flatMap(({ kind, name, key }): readonly Missing[] => {
      const map = maps.get(placeOf(kind, user.metadata.namespace, name));
      return map === undefined || holds(map, key) ? [] : [{ user, map, key }];
    }),
  );
}

function placeOf(kind: string, namespace: string | undefined, name: unknown): string {
  return JSON.stringify([kind, namespace ?? "", name]);
}

function holds(map: KubernetesObject, key: string): boolean {
  if (!/^(ConfigMap|Secret)$/.test(map.kind)) return keysMadeBy(map)?.includes(key) ?? true;
  return ["data", "stringData", "binaryData"].some((field) => {
    const values = map[field];
    return isRecord(values) && Object.hasOwn(values, key);
  });
}

type Read = { readonly kind: string; readonly name: unknown; readonly key: string };

function keysReadBy(object: KubernetesObject): readonly Read[] {
  const pod = podSpecOf(object);
  const ofEnv = containersOf(pod)
    .flatMap((container) => mappings(container["env"]))
    .flatMap(({ valueFrom }) => [
      ...read("ConfigMap", valueAt(valueFrom, "configMapKeyRef")),
      ...read("Secret", valueAt(valueFrom, "secretKeyRef")),
    ]);
  const ofVolumes = mappings(pod?.["volumes"]).flatMap(({ configMap, secret }) => [
    ...items("ConfigMap", configMap, "name"),
    ...items("Secret", secret, "secretName"),
  ]);
  return [...ofEnv, ...ofVolumes];
}

function read(kind: string, from: unknown): readonly Read[] {
  if (!isRecord(from) || from["optional"] === true || typeof from["key"] !== "string") return [];
  return [{ kind, name: from["name"], key: from["key"] }];
}

function items(kind: string, volume: unknown, name: string): readonly Read[] {
  if (!isRecord(volume) || volume["optional"] === true) return [];
  return mappings(volume["items"]).flatMap(({ key }: Mapping) =>
    typeof key === "string" ? [{ kind, name: volume[name], key }] : [],
  );
}

function textOf({ user, map, key }: Missing): string {
  return JSON.stringify([objectName(user), map.kind, withoutSuffix(map.metadata.name), key]);
}

function isSame(object: KubernetesObject, identity: ObjectChange["identity"]): boolean {
  const { group, kind, namespace, name } = identityOf(object);
  const is = identity;
  return is.group === group && is.kind === kind && is.namespace === namespace && is.name === name;
}
