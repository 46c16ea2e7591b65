// Values that the API server refuses, as far as they can be told without its own code.
import { metadataProblems } from "../../manifests/check-metadata.ts";
import { ofOneMoment } from "../../manifests/of-one-moment.ts";
import { ownEntry } from "../../own-entry.ts";
import { isRecord } from "../../manifests/parse.ts";
import { noBase64, noText } from "../mask.ts";
import { containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType, typeName } from "../object-type.ts";
import { quantity } from "../../manifests/quantity.ts";
import { type Finding, high } from "../risk.ts";
import { podLabelsOf, selects } from "../selectors.ts";
import { canonical, textOf, valueAt } from "../values.ts";

/** Which minor the environment runs is not said in its files: the newest takes the most names. */
const newestMinor = 36;

/** What was fine, or absent, before and will be refused: Flux fails, and stays where it is. */
export function refusedValues({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  const said = (object: Object) => [
    ...refusals(object, identity).map((text) => `${text}: the cluster will refuse it`),
    ...ofOneMoment(object),
  ];
  const found = said(after);
  if (found.length === 0) return [];
  const had = new Set(before === undefined ? [] : said(before));
  return [...new Set(found)].filter((text) => !had.has(text)).map((text) => high(text));
}

type Object = NonNullable<ObjectChange["after"]>;

function refusals(object: Object, type: ObjectChange["identity"]): readonly string[] {
  const metadata = [
    ...textMaps(object.metadata, ["labels", "annotations"]),
    ...metadataProblems(object, newestMinor),
    ...(Array.isArray(object.metadata["managedFields"])
      ? ["metadata.managedFields must be nil"]
      : []),
  ];
  if (!isKnownType(type)) return metadata;
  const isDefinition = type.kind === "CustomResourceDefinition";
  const fields =
    isDefinition || freeForm.has(typeName(type))
      ? []
      : Object.entries(object).flatMap(([key, value]) => walk(value, key));
  const data = ofData.has(typeName(type)) ? textMaps(object, ["data", "stringData"]) : [];
  return [
    ...metadata,
    ...containersOf(podSpecOf(object)).flatMap(container),
    ...unreadable(object, type),
    ...fields,
    ...data,
    ...mismatch(object, type),
  ];
}

const ofData = new Set(["ConfigMap", "Secret"]);
/** Whatever is called as a field elsewhere may stand in them. */
const freeForm = new Set([...ofData, "ControllerRevision.apps"]);

function textMaps(object: unknown, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const map = valueAt(object, name);
    if (!isRecord(map)) return [];
    return Object.keys(map)
      .filter((key) => typeof map[key] !== "string" && map[key] !== null)
      .map((key) => `${name}.${key} is ${kindOf(map[key])} and no text`);
  });
}

function kindOf(value: unknown): string {
  if (isRecord(value)) return "a mapping";
  return Array.isArray(value)
    ? "a list"
    : `a ${typeof value === "bigint" ? "number" : typeof value}`;
}

const whole = new Set([
  ...["replicas", "minReadySeconds", "revisionHistoryLimit", "containerPort", "hostPort"],
  ...["terminationGracePeriodSeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"],
  ...["successThreshold", "initialDelaySeconds", "progressDeadlineSeconds", "minReplicas"],
  ...["maxReplicas", "backoffLimit", "completions", "parallelism", "activeDeadlineSeconds"],
  ...["runAsUser", "runAsGroup", "fsGroup", "nodePort", "successfulJobsHistoryLimit"],
]);
const switches = new Set([
  ...["hostNetwork", "hostPID", "hostIPC", "privileged", "readOnlyRootFilesystem", "runAsNonRoot"],
  ...["allowPrivilegeEscalation", "suspend", "paused", "readOnly", "optional", "stdin", "tty"],
  ...["automountServiceAccountToken"],
]);
const words: Readonly<Record<string, readonly string[]>> = {
  imagePullPolicy: ["Always", "IfNotPresent", "Never"],
  restartPolicy: ["Always", "OnFailure", "Never"],
  concurrencyPolicy: ["Allow", "Forbid", "Replace"],
  pathType: ["Exact", "Prefix", "ImplementationSpecific"],
  protocol: ["TCP", "UDP", "SCTP"],
  sessionAffinity: ["None", "ClientIP"],
  dnsPolicy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
};

function walk(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => walk(item, `${path}[${at}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]): readonly string[] => {
    const at = `${path}.${key}`;
    if (key === "matchLabels" || key === "nodeSelector") return textMaps(value, [key]);
    if (key === "labels" || key === "annotations") return textMaps(value, [key]);
    if (key === "limits" || key === "requests") return amounts(child, at);
    if (key === "env") return [...variables(child), ...walk(child, at)];
    return [...scalar(key, child, at), ...walk(child, at)];
  });
}

function scalar(key: string, value: unknown, at: string): readonly string[] {
  if (whole.has(key)) {
    const isWhole = Number.isInteger(value) && Number(value) >= 0;
    const isPort = !key.endsWith("Port") || Number(value) <= 65_535;
    if (!isWhole || !isPort) return [`${at} cannot be ${canonical(value)}`];
  }
  if (switches.has(key) && typeof value !== "boolean")
    return [`${at} cannot be ${canonical(value)}`];
  const allowed = ownEntry(words, key);
  if (allowed !== undefined && typeof value === "string" && !allowed.includes(value)) {
    return [`${at} cannot be ${value}`];
  }
  return [];
}

function amounts(value: unknown, at: string): readonly string[] {
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([, amount]) => amount !== null && quantity(amount) === undefined)
    .map(([key, amount]) => `${at}.${key} cannot be ${textOf(amount)}`);
}

function variables(env: unknown): readonly string[] {
  return mappings(env)
    .filter(({ value }) => value !== undefined && typeof value !== "string")
    .map(({ name, value }) => `env ${textOf(name)} is ${kindOf(value)} and no text`);
}

function container({ name, image }: Mapping): readonly string[] {
  const isName = typeof name === "string" && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
  const isOpen = /\$\{/.test(textOf(name));
  return [
    ...(isName || isOpen ? [] : [`a container cannot be named ${textOf(name ?? "nothing")}`]),
    ...(typeof image === "string" && image !== ""
      ? []
      : [`container ${textOf(name)} has no image`]),
  ];
}

/** Of a Secret, whose values are masked. */
function unreadable(object: Object, type: ObjectChange["identity"]): readonly string[] {
  if (typeName(type) !== "Secret") return [];
  return ["data", "stringData"].flatMap((field) => {
    const values = object[field];
    return Object.entries(isRecord(values) ? values : {}).flatMap(([key, value]) => [
      ...(value === noBase64 ? [`${field}.${key} is no base64`] : []),
      ...(value === noText ? [`${field}.${key} is no text`] : []),
    ]);
  });
}

const ownPods = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

function mismatch(object: Object, { kind }: ObjectChange["identity"]): readonly string[] {
  const selector = valueAt(object, "spec.selector");
  if (!ownPods.has(kind) || !isRecord(selector) || !("matchLabels" in selector)) return [];
  const labels = podLabelsOf(object);
  const isSaid = labels !== undefined && !selects(selector, labels);
  return isSaid ? ["its selector does not take the labels of its own pods"] : [];
}
