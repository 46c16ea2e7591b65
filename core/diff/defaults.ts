// Values that the API server fills in where a field is absent, and null, which is the same as an
// absent field where the kind is typed.
import { ownEntry } from "../own-entry.ts";
import { parseImage } from "../manifests/images.ts";
import { isRecord } from "../manifests/parse.ts";
import { defaultsOfFlux, fluxDefaults } from "./default-values-of-flux.ts";
import { defaultsOfOthers } from "./default-values-of-others.ts";
import { defaultValues, empty, ofPod, podPlaces } from "./default-values.ts";
import type { Edit } from "./edits.ts";
import { isFlux, isKnownType, type ObjectType, typeName } from "./object-type.ts";
import { childAt, keysOf, type Path } from "./path.ts";
import { same, valueAt } from "./values.ts";
import { userMaps } from "./without-nulls.ts";

/**
 * Whether an edit only writes out, or leaves out, what the API server takes anyway. `absent` is the
 * object of the side where the field is not: some defaults follow from other fields of it.
 */
export function isWrittenDefault(edit: Edit, type: ObjectType, absent: unknown): boolean {
  if (edit.kind !== "added" && edit.kind !== "removed") return false;
  if (typeof edit.path.at(-1) !== "string") return false;
  const value = edit.kind === "added" ? edit.after : edit.before;
  if (value === null) return !isInMap(keysOf(edit.path)) && takesNullAsAbsent(edit.path, type);
  const place = placeOf(edit.path);
  if (place === undefined) return false;
  if (isDefault(value, place, type)) return true;
  const side = edit.kind === "added" ? "before" : "after";
  const followed = followedDefault({ place, type, absent, path: edit.path, side });
  return followed !== undefined && same(followed, value);
}

// A mapping that is there anyway may be written out with all that it holds by default.
function isDefault(value: unknown, place: string, type: ObjectType): boolean {
  const known = defaultAt(place, type);
  if (known !== empty) return known !== undefined && same(known, value);
  if (!isRecord(value)) return isEmpty(value);
  return Object.entries(value).every(([key, inner]) => isDefault(inner, `${place}.${key}`, type));
}

/** The same without what the API server takes anyway, so that both ways to say it are one. */
export function withoutDefaults(value: unknown, type: ObjectType, place = ""): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => withoutDefaults(one, type, `${place}[]`));
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).flatMap(([key, inner]) => {
    const at = place === "" ? key : `${place}.${key}`;
    if (inner === null || isDefault(inner, at, type)) return [];
    return [[key, withoutDefaults(inner, type, at)] as const];
  });
  return Object.fromEntries(fields);
}

function defaultAt(place: string, type: ObjectType): unknown {
  const name = typeName(type);
  if (isFlux(type)) return fluxDefaults[place] ?? ownEntry(defaultsOfFlux, name)?.[place];
  const own = ownEntry(defaultValues, name) ?? ownEntry(defaultsOfOthers, name);
  if (own !== undefined && Object.hasOwn(own, place)) return own[place];
  const field = podField(place, name);
  return field !== undefined && Object.hasOwn(ofPod, field) ? ofPod[field] : undefined;
}

/** `spec.template.spec.initContainers[].env` is `containers[].env` of a Deployment's pod. */
function podField(place: string, name: string): string | undefined {
  const pod = ownEntry(podPlaces, name);
  if (pod === undefined || !place.startsWith(pod)) return undefined;
  return place.slice(pod.length).replace(/^(init|ephemeral)Containers\[\]/, "containers[]");
}

/** The keys of a path with `[]` for items of lists; undefined where a key could be taken for more. */
function placeOf(path: Path): string | undefined {
  if (keysOf(path).some((key) => /[.[\]]/.test(key))) return undefined;
  return path
    .map((step) => (typeof step === "string" ? `.${step}` : "[]"))
    .join("")
    .slice(1);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

type Place = {
  readonly place: string;
  readonly type: ObjectType;
  readonly absent: unknown;
  readonly path: Path;
  readonly side: "before" | "after";
};

/** A default that follows from the fields beside it. */
function followedDefault({ place, type, absent, path, side }: Place): unknown {
  const name = typeName(type);
  const parent = path.slice(0, -1).reduce((at, step) => childAt(at, step, side), absent);
  if (podField(place, name) === "containers[].imagePullPolicy") {
    const image = valueAt(parent, "image");
    if (typeof image !== "string") return undefined;
    const { tag, digest } = parseImage(image);
    const isLatest = tag === "latest" || (tag === undefined && digest === undefined);
    return isLatest ? "Always" : "IfNotPresent";
  }
  // Another type, or none, refuses the field.
  if (name === "Service" && place === "spec.externalTrafficPolicy") {
    return /^(NodePort|LoadBalancer)$/.test(String(valueAt(parent, "type")))
      ? "Cluster"
      : undefined;
  }
  if (name === "Service" && place === "spec.allocateLoadBalancerNodePorts") {
    return valueAt(parent, "type") === "LoadBalancer" ? true : undefined;
  }
  if (podField(place, name) === "serviceAccount") return valueAt(parent, "serviceAccountName");
  if (
    name === "RoleBinding.rbac.authorization.k8s.io" ||
    name === "ClusterRoleBinding.rbac.authorization.k8s.io"
  ) {
    if (place !== "subjects[].apiGroup") return undefined;
    return valueAt(parent, "kind") === "ServiceAccount" ? "" : "rbac.authorization.k8s.io";
  }
  if (name === "Service" && place === "spec.ports[].targetPort") return valueAt(parent, "port");
  if (name === "NetworkPolicy.networking.k8s.io" && place === "spec.policyTypes") {
    const egress = valueAt(parent, "egress");
    return Array.isArray(egress) && egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  }
  return undefined;
}

function isInMap(keys: readonly string[]): boolean {
  return keys.slice(0, -1).some((key) => userMaps.has(key)) && !keys.includes("matchExpressions");
}

// In a chart's values null takes the chart's default away; in a definition it is a default.
function takesNullAsAbsent(path: Path, type: ObjectType): boolean {
  const [top, second] = path;
  if (isFlux(type)) return !(top === "spec" && (second === "values" || second === "patches"));
  if (type.kind === "CustomResourceDefinition" || type.kind === "ControllerRevision") return false;
  return isKnownType(type);
}
